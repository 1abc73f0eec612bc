import { access } from "node:fs/promises";

/** Whether a file or folder is there. */
export function isThere(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
