import { FileError } from "./file-error";
import type { ServerFiles } from "./server-files";
import type { DirectoryNode, FileNode, TreeNode } from "./tree-node";

/** How to open a file, in the words of open(2). */
export interface OpenFlags {
  readonly create?: boolean;
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
}

/** A POSIX-like tree in memory, without symbolic links. Without permission checks, because every user is root. */
export class VirtualFiles implements ServerFiles {
  private readonly root: DirectoryNode;

  constructor(private readonly now: () => number) {
    this.root = this.directory(0o755);
  }

  /** Returns the node at a path. */
  find(path: string): TreeNode | undefined {
    let node: TreeNode | undefined = this.root;
    for (const name of segments(path)) {
      if (node?.kind !== "directory") return undefined;
      node = node.children.get(name);
    }
    return node;
  }

  /** @throws FileError `no-such-file` */
  get(path: string): TreeNode {
    const node = this.find(path);
    if (node === undefined) throw new FileError("no-such-file", path);
    return node;
  }

  /** @throws FileError `no-such-file`, `not-a-directory` */
  getDirectory(path: string): DirectoryNode {
    const node = this.get(path);
    if (node.kind !== "directory") throw new FileError("not-a-directory", path);
    return node;
  }

  /** @throws FileError `no-such-file`, `exists`, `is-a-directory` */
  open(path: string, flags: OpenFlags, mode: number): FileNode {
    const { parent, name } = this.parentOf(path);
    const present = parent.children.get(name);
    if (present === undefined) {
      if (flags.create !== true) throw new FileError("no-such-file", path);
      return this.attach(parent, name, this.file(mode));
    }
    if (flags.create === true && flags.exclusive === true) throw new FileError("exists", path);
    if (present.kind === "directory") throw new FileError("is-a-directory", path);
    if (flags.truncate === true) this.replaceContent(present, Buffer.alloc(0));
    return present;
  }

  /** Writes into a file. Fills a gap before the position with zeros. */
  writeAt(file: FileNode, position: number, data: Buffer): void {
    const content = Buffer.alloc(Math.max(file.content.length, position + data.length));
    file.content.copy(content);
    data.copy(content, position);
    this.replaceContent(file, content);
  }

  /** Truncates a file or extends it with zeros. */
  resize(file: FileNode, size: number): void {
    const content = Buffer.alloc(size);
    file.content.copy(content);
    this.replaceContent(file, content);
  }

  /** @throws FileError `no-such-file` for a missing parent, `exists` */
  makeDirectory(path: string, mode: number): DirectoryNode {
    const { parent, name } = this.parentOf(path);
    if (parent.children.has(name)) throw new FileError("exists", path);
    return this.attach(parent, name, this.directory(mode));
  }

  /** Like `mkdir -p`: missing parents get the same mode. */
  makeDirectories(path: string, mode: number): void {
    let sofar = "";
    for (const name of segments(path)) {
      sofar += `/${name}`;
      if (this.find(sofar) === undefined) this.makeDirectory(sofar, mode);
    }
  }

  /** @throws FileError `no-such-file`, `not-a-directory`, `not-empty` */
  removeDirectory(path: string): void {
    if (this.getDirectory(path).children.size > 0) throw new FileError("not-empty", path);
    this.detach(path);
  }

  /** @throws FileError `no-such-file`, `is-a-directory` */
  removeFile(path: string): void {
    if (this.get(path).kind === "directory") throw new FileError("is-a-directory", path);
    this.detach(path);
  }

  /** Removes whatever is there, with everything below it. */
  removeTree(path: string): void {
    if (this.find(path) !== undefined) this.detach(path);
  }

  /**
   * Moves a node in one step. With `replace`, replaces a file at the target, like rename(2); without it, refuses that,
   * like the plain SFTP rename.
   */
  rename(from: string, to: string, replace: boolean): void {
    const node = this.get(from);
    const { parent, name } = this.parentOf(to);
    const present = parent.children.get(name);
    if (present === node) return;
    if (present !== undefined && !replace) throw new FileError("exists", to);
    if (present !== undefined && present.kind !== node.kind) throw new FileError("is-a-directory", to);
    if (present?.kind === "directory" && present.children.size > 0) throw new FileError("not-empty", to);
    if (isBelow(to, from)) throw new FileError("unsupported", to);
    this.detach(from);
    this.attach(parent, name, node);
  }

  /**
   * Gives a file a second name.
   *
   * @throws FileError `no-such-file`, `is-a-directory`, `exists`
   */
  link(target: string, path: string): void {
    const node = this.get(target);
    const { parent, name } = this.parentOf(path);
    if (node.kind === "directory") throw new FileError("is-a-directory", target);
    if (parent.children.has(name)) throw new FileError("exists", path);
    this.attach(parent, name, node);
  }

  /** Lists the paths of all files at and below a path, sorted. */
  filesBelow(path: string): string[] {
    const start = `/${segments(path).join("/")}`;
    const found: string[] = [];
    const visit = (node: TreeNode | undefined, at: string): void => {
      if (node?.kind === "file") found.push(at);
      if (node?.kind === "directory")
        node.children.forEach((child, name) => visit(child, `${at === "/" ? "" : at}/${name}`));
    };
    visit(this.find(start), start);
    return found.sort();
  }

  /** Returns the text of a file; undefined if there is none. Bytes that are not UTF-8 are read as Latin-1. */
  readText(path: string): string | undefined {
    const node = this.find(path);
    return node?.kind === "file" ? textOf(node.content) : undefined;
  }

  /** Writes a whole file and makes its parents. An existing file keeps its mode unless one is given. */
  writeText(path: string, text: string | Buffer, mode?: number): void {
    this.makeDirectories(path.slice(0, path.lastIndexOf("/")), 0o755);
    const file = this.open(path, { create: true }, mode ?? 0o644);
    if (mode !== undefined) file.mode = mode;
    this.replaceContent(file, Buffer.from(text));
  }

  private replaceContent(file: FileNode, content: Buffer): void {
    file.content = content;
    file.modified = this.now();
  }

  private parentOf(path: string): { parent: DirectoryNode; name: string } {
    const names = segments(path);
    const name = names.pop();
    if (name === undefined) throw new FileError("exists", "/");
    return { parent: this.getDirectory(`/${names.join("/")}`), name };
  }

  private attach<Kind extends TreeNode>(parent: DirectoryNode, name: string, node: Kind): Kind {
    parent.children.set(name, node);
    parent.modified = this.now();
    return node;
  }

  private detach(path: string): void {
    const { parent, name } = this.parentOf(path);
    parent.children.delete(name);
    parent.modified = this.now();
  }

  private file(mode: number): FileNode {
    return { kind: "file", content: Buffer.alloc(0), mode, uid: 0, gid: 0, modified: this.now() };
  }

  private directory(mode: number): DirectoryNode {
    return { kind: "directory", children: new Map(), mode, uid: 0, gid: 0, modified: this.now() };
  }
}

/** Splits a path into names. Resolves `.` and `..` as a POSIX shell does from `/`. */
export function segments(path: string): string[] {
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return names;
}

function isBelow(path: string, ancestor: string): boolean {
  return `/${segments(path).join("/")}/`.startsWith(`/${segments(ancestor).join("/")}/`);
}

function textOf(content: Buffer): string {
  const text = content.toString("utf8");
  return Buffer.from(text, "utf8").equals(content) ? text : content.toString("latin1");
}
