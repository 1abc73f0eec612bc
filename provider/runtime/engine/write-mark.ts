import { randomBytes } from "node:crypto";

/**
 * Returns a mark that a resource's state gets with each write. A cluster's proof compares the marks of all parts, so it
 * sees what was written since it last looked, in whatever run. A count would not do: a resource that is made anew begins
 * again.
 */
export function writeMark(): string {
  return randomBytes(6).toString("base64url");
}
