import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  chmodSync,
  type Stats,
} from "node:fs";
import { dirname, join } from "node:path";
import type { ServerFiles } from "../../provider/simulator/server-files";
import type { TreeNode } from "../../provider/simulator/tree-node";

/** The files of a server in a folder of this machine: the same that its sshd shows to whoever logs in. */
export class DiskFiles implements ServerFiles {
  constructor(readonly folder: string) {}

  find(path: string): TreeNode | undefined {
    const place = this.placeOf(path);
    return existsSync(place) ? nodeAt(place) : undefined;
  }

  readText(path: string): string | undefined {
    const place = this.placeOf(path);
    return existsSync(place) && lstatSync(place).isFile() ? readFileSync(place, "utf8") : undefined;
  }

  writeText(path: string, text: string | Buffer, mode?: number): void {
    this.makeDirectories(dirname(path), 0o755);
    const place = this.placeOf(path);
    writeFileSync(place, text);
    if (mode !== undefined) chmodSync(place, mode);
  }

  makeDirectories(path: string, mode: number): void {
    const place = this.placeOf(path);
    if (existsSync(place)) return;
    mkdirSync(place, { recursive: true, mode });
    chmodSync(place, mode); // What mkdir makes is less the process's umask.
  }

  removeTree(path: string): void {
    rmSync(this.placeOf(path), { recursive: true, force: true });
  }

  filesBelow(path: string): string[] {
    const place = this.placeOf(path);
    if (!existsSync(place)) return [];
    const found = readdirSync(place, { recursive: true, withFileTypes: true });
    const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return files.map((file) => file.slice(this.folder.length)).sort();
  }

  private placeOf(path: string): string {
    return join(this.folder, path);
  }
}

function nodeAt(place: string): TreeNode {
  const status = lstatSync(place);
  const attributes = attributesOf(status);
  if (!status.isDirectory()) return { ...attributes, kind: "file", content: readFileSync(place) };
  const children = readdirSync(place).map((name) => [name, nodeAt(join(place, name))] as const);
  return { ...attributes, kind: "directory", children: new Map(children) };
}

function attributesOf({
  mode,
  uid,
  gid,
  mtimeMs,
}: Stats): Pick<TreeNode, "mode" | "uid" | "gid" | "modified"> {
  return { mode: mode & 0o7777, uid, gid, modified: mtimeMs };
}
