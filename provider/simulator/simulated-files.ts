import type { ServerFiles } from "./server-files";

/** Direct access to the files of a server. Nothing done here is in the journal. */
export interface SimulatedFiles {
  /** Returns the text of a file; undefined if there is none. */
  read(path: string): string | undefined;
  /**
   * Writes a whole file and makes its parent directories.
   *
   * @param mode Permission bits such as 0o600. The default keeps those of an existing file.
   */
  write(path: string, text: string | Buffer, mode?: number): void;
  /** Removes a file, or a directory with everything below it. Does nothing if it doesn't exist. */
  remove(path: string): void;
  /** Lists the full paths of all files below a directory, sorted. */
  list(directory: string): string[];
  /** Returns the permission bits; undefined if nothing is there. */
  mode(path: string): number | undefined;
  /** Returns the numbers of the owning user and group; undefined if nothing is there. */
  owner(path: string):
    | {
        /** Number of the user. */
        readonly uid: number;
        /** Number of the group. */
        readonly gid: number;
      }
    | undefined;
  /**
   * Returns every file with its text, for byte-for-byte comparison.
   *
   * @param directory Where to begin. The default is the root.
   */
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
