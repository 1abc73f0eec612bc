import type { ServerFiles } from "./server-files";

/** The back door to the files of one server: nothing done here reaches the journal. */
export interface SimulatedFiles {
  /** The text of a file, or undefined when there is none. */
  read(path: string): string | undefined;
  /** Writes a whole file, making its parent directories. @param mode such as 0o600; a file that is there keeps its own when none is given */
  write(path: string, text: string | Buffer, mode?: number): void;
  /** Removes a file, or a directory with all below it; nothing happens when it is not there. */
  remove(path: string): void;
  /** Full paths of all files below a directory, sorted. */
  list(directory: string): string[];
  /** Permission bits, or undefined when nothing is there. */
  mode(path: string): number | undefined;
  /** The numbers of the user and group whom it belongs to, or undefined when nothing is there. */
  owner(path: string):
    | {
        /** Number of the user. */
        readonly uid: number;
        /** Number of the group. */
        readonly gid: number;
      }
    | undefined;
  /** Every file with its text, for byte-for-byte comparison. @param directory where to begin; the root when none is given */
  snapshot(directory?: string): Record<string, string>;
}

/** Opens the back door. */
export function openBackDoor(files: ServerFiles): SimulatedFiles {
  return {
    read: (path) => files.readText(path),
    write: (path, text, mode) => files.writeText(path, text, mode),
    remove: (path) => files.removeTree(path),
    list: (directory) => files.filesBelow(directory),
    mode: (path) => files.find(path)?.mode,
    owner: (path) => {
      const node = files.find(path);
      return node && { uid: node.uid, gid: node.gid };
    },
    snapshot: (directory = "/") =>
      Object.fromEntries(files.filesBelow(directory).map((path) => [path, files.readText(path) ?? ""])),
  };
}
