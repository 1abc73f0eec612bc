/** Why an operation on the virtual files was refused. */
export type FileErrorCode =
  | "no-such-file"
  | "exists"
  | "not-a-directory"
  | "is-a-directory"
  | "not-empty"
  | "permission-denied"
  | "no-space"
  | "bad-handle"
  | "unsupported";

/** The virtual files refuse an operation. The SFTP door turns this into a status. */
export class FileError extends Error {
  override readonly name = "FileError";

  constructor(
    readonly code: FileErrorCode,
    readonly path: string,
  ) {
    super(`${path}: ${code.replaceAll("-", " ")}`);
  }
}
