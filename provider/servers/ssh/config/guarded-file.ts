import { statSync } from "node:fs";
import { ConfigError } from "./config-error";

/**
 * Refuses a file through which another user could lead log-ins elsewhere.
 *
 * @throws ConfigError; Node's own error if the file is missing
 */
export function requireGuarded(place: string, path: string): void {
  const { uid, mode } = statSync(path);
  const me = process.getuid?.();
  if (me === undefined) return;
  const isOurs = uid === 0 || uid === me;
  if (isOurs && (mode & 0o022) === 0) return;
  throw new ConfigError(
    `${place} ${isOurs ? "can be written by other users" : `belongs to another user (${uid})`}; ssh refuses it too`,
    `Whoever can write it can lead log-ins elsewhere: chown it to the user who runs this, and chmod go-w ${path}.`,
  );
}
