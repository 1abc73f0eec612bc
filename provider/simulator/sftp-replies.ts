import { utils, type Attributes, type SFTPWrapper } from "ssh2";
import { FileError, type FileErrorCode } from "./file-error";
import type { TreeNode } from "./tree-node";

const { STATUS_CODE } = utils.sftp;

/** An answer to one SFTP request. */
export type SftpReply = (sftp: SFTPWrapper, request: number) => void;

export const done: SftpReply = (sftp, request) => sftp.status(request, STATUS_CODE.OK);

export const endOfFile: SftpReply = (sftp, request) => sftp.status(request, STATUS_CODE.EOF);

/** Returns the status that OpenSSH's server would send for an error. */
export function refused(error: unknown): SftpReply {
  const code = error instanceof FileError ? statusOf[error.code] : STATUS_CODE.FAILURE;
  const message = error instanceof FileError ? messageOf[code] : "Failure";
  return (sftp, request) => sftp.status(request, code, message);
}

export function handleReply(handle: Buffer): SftpReply {
  return (sftp, request) => sftp.handle(request, handle);
}

export function dataReply(data: Buffer): SftpReply {
  return (sftp, request) => sftp.data(request, data);
}

export function attributesReply(node: TreeNode): SftpReply {
  return (sftp, request) => sftp.attrs(request, attributesOf(node));
}

/** Replies with names and attributes, as for a directory listing. */
export function namesReply(entries: readonly (readonly [name: string, node: TreeNode])[]): SftpReply {
  const names = entries.map(([filename, node]) => ({
    filename,
    longname: longName(filename, node),
    attrs: attributesOf(node),
  }));
  return (sftp, request) => sftp.name(request, names);
}

/** Replies with one path, as for REALPATH. */
export function pathReply(path: string): SftpReply {
  const attrs = {} as Attributes;
  return (sftp, request) => sftp.name(request, [{ filename: path, longname: path, attrs }]);
}

const statusOf: Record<FileErrorCode, number> = {
  "no-such-file": STATUS_CODE.NO_SUCH_FILE,
  "permission-denied": STATUS_CODE.PERMISSION_DENIED,
  unsupported: STATUS_CODE.OP_UNSUPPORTED,
  exists: STATUS_CODE.FAILURE,
  "not-a-directory": STATUS_CODE.NO_SUCH_FILE,
  "is-a-directory": STATUS_CODE.FAILURE,
  "not-empty": STATUS_CODE.FAILURE,
  "no-space": STATUS_CODE.FAILURE,
  "bad-handle": STATUS_CODE.FAILURE,
};

const messageOf: Record<number, string> = {
  [STATUS_CODE.NO_SUCH_FILE]: "No such file",
  [STATUS_CODE.PERMISSION_DENIED]: "Permission denied",
  [STATUS_CODE.OP_UNSUPPORTED]: "Operation unsupported",
  [STATUS_CODE.FAILURE]: "Failure",
};

const directoryBit = 0o040000;
const fileBit = 0o100000;

function attributesOf(node: TreeNode): Attributes {
  const seconds = Math.floor(node.modified / 1000);
  return {
    mode: (node.kind === "directory" ? directoryBit : fileBit) | node.mode,
    uid: node.uid,
    gid: node.gid,
    size: sizeOf(node),
    atime: seconds,
    mtime: seconds,
  };
}

function sizeOf(node: TreeNode): number {
  return node.kind === "file" ? node.content.length : 4096;
}

function longName(name: string, node: TreeNode): string {
  const letters = ["---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx"];
  const permissions = [6, 3, 0].map((shift) => letters[(node.mode >> shift) & 7]).join("");
  const [, day = "", month = "", , time = ""] = new Date(node.modified).toUTCString().split(" ");
  const kind = node.kind === "directory" ? "d" : "-";
  return `${kind}${permissions} 1 ${node.uid} ${node.gid} ${sizeOf(node)} ${month} ${day} ${time.slice(0, 5)} ${name}`;
}
