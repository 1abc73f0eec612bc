/** Attributes of both kinds of node. Times are in milliseconds since the epoch. */
interface Attributes {
  /** Permission bits only, such as 0o600. */
  mode: number;
  uid: number;
  gid: number;
  modified: number;
}

/** A file. An open handle holds the node itself, so that it survives renames and removal. */
export interface FileNode extends Attributes {
  readonly kind: "file";
  content: Buffer;
}

/** A directory. */
export interface DirectoryNode extends Attributes {
  readonly kind: "directory";
  readonly children: Map<string, TreeNode>;
}

export type TreeNode = FileNode | DirectoryNode;
