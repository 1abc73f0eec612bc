import { utils, type Attributes } from "ssh2";
import { FileError } from "./file-error";
import type { Effect } from "./faults";
import type { SftpHandles } from "./sftp-handles";
import {
  attributesReply,
  dataReply,
  done,
  endOfFile,
  handleReply,
  namesReply,
  pathReply,
  type SftpReply,
} from "./sftp-replies";
import type { FileNode, TreeNode } from "./tree-node";
import { segments, type VirtualFiles } from "./virtual-files";

const { OPEN_MODE } = utils.sftp;

/** Permission bits removed from everything new, as under sshd. */
const umask = 0o022;

/**
 * Applies SFTP requests to the virtual files. Throws every refusal as FileError. With the effect `none` a change is not
 * made at all; with `half` only half of the data is written.
 */
export class SftpOperations {
  constructor(
    private readonly files: VirtualFiles,
    private readonly handles: SftpHandles,
  ) {}

  open(path: string, how: { flags: number; attributes: Partial<Attributes> }, effect: Effect): SftpReply {
    const has = (flag: number): boolean => (how.flags & flag) !== 0;
    const flags = {
      create: has(OPEN_MODE.CREAT),
      exclusive: has(OPEN_MODE.EXCL),
      truncate: has(OPEN_MODE.TRUNC),
    };
    const mode = (how.attributes.mode ?? 0o666) & 0o7777 & ~umask;
    const node =
      effect === "none" && has(OPEN_MODE.WRITE) ? nowhere(mode) : this.files.open(path, flags, mode);
    return handleReply(this.handles.add({ path, node, append: has(OPEN_MODE.APPEND), entries: undefined }));
  }

  read(handle: Buffer, part: { offset: number; length: number }, truncated: boolean): SftpReply {
    const { content } = this.handles.getFile(handle).node;
    const end = truncated ? Math.ceil(content.length / 2) : content.length;
    if (part.offset >= end) return endOfFile;
    return dataReply(content.subarray(part.offset, Math.min(end, part.offset + part.length)));
  }

  write(handle: Buffer, offset: number, data: Buffer, effect: Effect): SftpReply {
    const { node, append } = this.handles.getFile(handle);
    const reached = effect === "half" ? data.subarray(0, Math.floor(data.length / 2)) : data;
    if (effect !== "none") this.files.writeAt(node, append ? node.content.length : offset, reached);
    return done;
  }

  close(handle: Buffer): SftpReply {
    this.handles.close(handle);
    return done;
  }

  stat(path: string): SftpReply {
    return attributesReply(this.files.get(path));
  }

  statHandle(handle: Buffer): SftpReply {
    return attributesReply(this.handles.get(handle).node);
  }

  change(path: string, attributes: Partial<Attributes>, effect: Effect): SftpReply {
    return this.changeNode(this.files.get(path), attributes, effect);
  }

  changeHandle(handle: Buffer, attributes: Partial<Attributes>, effect: Effect): SftpReply {
    return this.changeNode(this.handles.get(handle).node, attributes, effect);
  }

  openDirectory(path: string): SftpReply {
    const node = this.files.getDirectory(path);
    const entries: [string, TreeNode][] = [[".", node], ["..", node], ...node.children];
    return handleReply(this.handles.add({ path, node, append: false, entries }));
  }

  readDirectory(handle: Buffer): SftpReply {
    const { entries, path } = this.handles.get(handle);
    if (entries === undefined) throw new FileError("not-a-directory", path);
    return entries.length === 0 ? endOfFile : namesReply(entries.splice(0, 100));
  }

  makeDirectory(path: string, attributes: Partial<Attributes>, effect: Effect): SftpReply {
    if (effect !== "none") this.files.makeDirectory(path, (attributes.mode ?? 0o777) & 0o7777 & ~umask);
    return done;
  }

  removeDirectory(path: string, effect: Effect): SftpReply {
    if (effect !== "none") this.files.removeDirectory(path);
    return done;
  }

  remove(path: string, effect: Effect): SftpReply {
    if (effect !== "none") this.files.removeFile(path);
    return done;
  }

  rename(from: string, to: string, how: { replace: boolean; effect: Effect }): SftpReply {
    if (how.effect !== "none") this.files.rename(from, to, how.replace);
    return done;
  }

  link(target: string, path: string, effect: Effect): SftpReply {
    if (effect !== "none") this.files.link(target, path);
    return done;
  }

  /** Resolves a path. Relative paths begin at root's home. */
  realPath(path: string): SftpReply {
    return pathReply(`/${segments(path.startsWith("/") ? path : `/root/${path}`).join("/")}`);
  }

  private changeNode(node: TreeNode, attributes: Partial<Attributes>, effect: Effect): SftpReply {
    if (effect === "none") return done;
    if (attributes.size !== undefined && node.kind === "file") this.files.resize(node, attributes.size);
    if (attributes.mode !== undefined) node.mode = attributes.mode & 0o7777;
    if (attributes.uid !== undefined) node.uid = attributes.uid;
    if (attributes.gid !== undefined) node.gid = attributes.gid;
    if (attributes.mtime !== undefined) node.modified = attributes.mtime * 1000;
    return done;
  }
}

/** Makes a file that is in no directory: what a lying server opens for writing. */
function nowhere(mode: number): FileNode {
  return { kind: "file", content: Buffer.alloc(0), mode, uid: 0, gid: 0, modified: 0 };
}
