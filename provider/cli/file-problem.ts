import { UsageError } from "./usage-error";

/** Makes the error for a file that can't be read or written. */
export function fileProblem(phrase: string, file: string, error: unknown): UsageError {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const said = sentences[code] ?? (error as Error).message;
  return new UsageError(`Failed to ${phrase} ${file}: ${said}.`, { cause: error });
}

const sentences: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "part of the path is not a folder",
  EISDIR: "it is a folder",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
};
