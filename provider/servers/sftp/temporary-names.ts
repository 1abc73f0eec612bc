import { randomBytes } from "node:crypto";
import { processMark } from "./process-mark";

// A file is written under a temporary name and then moved to its place. When the connection breaks or the process is
// killed in between, the temporary file stays, and it may hold a token.

/** The mark of the process, then what tells its files from each other. */
const form = /^\.pulumi-whm\.([0-9a-f]{16}-\d+)\.[0-9a-f]{16}\.new$/;

/** A name in this directory that nobody else uses. */
export function temporaryPath(directory: string): string {
  return `${directory}/.pulumi-whm.${processMark}.${randomBytes(8).toString("hex")}.new`;
}

/** Whether a file is one that a write of this package, on its way or broken off, has made. */
export function isTemporary(name: string): boolean {
  return form.test(name);
}

/** The mark of the process that has made a temporary file. */
export function temporaryMark(name: string): string {
  return form.exec(name)?.[1] ?? "";
}
