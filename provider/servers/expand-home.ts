import { homedir } from "node:os";
import { join } from "node:path";

/** Replaces `~/` at the beginning of a path by the home directory. */
export function expandHome(path: string): string {
  return path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
}
