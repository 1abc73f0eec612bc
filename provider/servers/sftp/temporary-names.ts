import { randomBytes } from "node:crypto";
import { processMark } from "./process-mark";

// A file is written under a temporary name and then moved to its place. If the connection breaks or the process is
// killed in between, the temporary file stays, and it may contain a token.

/** The mark of the process, then an identifier of the file. */
const form = /^\.pulumi-whm\.([0-9a-f]{16}-\d+)\.[0-9a-f]{16}\.new$/;

/** Returns an unused path in this directory. */
export function temporaryPath(directory: string): string {
  return `${directory}/.pulumi-whm.${processMark}.${randomBytes(8).toString("hex")}.new`;
}

/** Whether a file comes from a write of this package, in progress or interrupted. */
export function isTemporary(name: string): boolean {
  return form.test(name);
}

/** Returns the mark of the process that has made a temporary file. */
export function temporaryMark(name: string): string {
  return form.exec(name)?.[1] ?? "";
}
