import { FileError } from "./file-error";
import type { DirectoryNode, FileNode, TreeNode } from "./tree-node";

/** A file or directory that a client holds open. */
export interface OpenHandle {
  readonly path: string;
  readonly node: FileNode | DirectoryNode;
  readonly append: boolean;
  /** Entries of a directory that were not returned yet; undefined for a file. */
  entries: [name: string, node: TreeNode][] | undefined;
}

/** The open handles of one SFTP channel. */
export class SftpHandles {
  private readonly open = new Map<number, OpenHandle>();
  private last = 0;

  add(handle: OpenHandle): Buffer {
    this.last += 1;
    this.open.set(this.last, handle);
    const name = Buffer.alloc(4);
    name.writeUInt32BE(this.last);
    return name;
  }

  /** @throws FileError `bad-handle` */
  get(name: Buffer): OpenHandle {
    const handle = name.length === 4 ? this.open.get(name.readUInt32BE()) : undefined;
    if (handle === undefined) throw new FileError("bad-handle", "");
    return handle;
  }

  /**
   * Returns the file of a handle. @throws FileError `bad-handle`, `is-a-directory`
   */
  getFile(name: Buffer): OpenHandle & { readonly node: FileNode } {
    const { node, ...rest } = this.get(name);
    if (node.kind !== "file") throw new FileError("is-a-directory", rest.path);
    return { ...rest, node };
  }

  /** Returns the path of a handle, for the journal; empty for a handle that is not open. */
  pathOf(name: Buffer): string {
    return (name.length === 4 && this.open.get(name.readUInt32BE())?.path) || "";
  }

  close(name: Buffer): void {
    this.get(name);
    this.open.delete(name.readUInt32BE());
  }
}
