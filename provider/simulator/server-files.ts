import type { TreeNode } from "./tree-node";

/** What the simulated product needs of a server's files, wherever they are stored. */
export interface ServerFiles {
  /** Returns the node at a path. */
  find(path: string): TreeNode | undefined;
  /** Returns the text of a file; undefined if there is none. */
  readText(path: string): string | undefined;
  /** Writes a whole file and makes its parents. An existing file keeps its mode unless one is given. */
  writeText(path: string, text: string | Buffer, mode?: number): void;
  /** Like `mkdir -p`: missing parents get the same mode. */
  makeDirectories(path: string, mode: number): void;
  /** Removes whatever is there, with everything below it. */
  removeTree(path: string): void;
  /** Lists the paths of all files at and below a path, sorted. */
  filesBelow(path: string): string[];
}
