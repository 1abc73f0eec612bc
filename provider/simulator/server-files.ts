import type { TreeNode } from "./tree-node";

/** What the simulated product itself needs of a server's files; where they lie is somebody else's matter. */
export interface ServerFiles {
  /** The node at a path. */
  find(path: string): TreeNode | undefined;
  /** The text of a file, or undefined when there is no such file. */
  readText(path: string): string | undefined;
  /** Writes a whole file, making its parents; the mode of a file that is there stays unless one is given. */
  writeText(path: string, text: string | Buffer, mode?: number): void;
  /** Like `mkdir -p`: missing parents get the same mode. */
  makeDirectories(path: string, mode: number): void;
  /** Removes whatever is there, with all below it. */
  removeTree(path: string): void;
  /** Paths of all files at and below a path, sorted. */
  filesBelow(path: string): string[];
}
