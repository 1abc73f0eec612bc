import type { ServerFiles } from "./server-files";

/** The flag that turns clustering on. */
export const clusteringFlag = "/var/cpanel/useclusteringdns";

/** A member as WHM sees it. */
export interface Member {
  /** Name of its files: an IPv4 address for the cPanel module, else a word of the module's own. */
  readonly key: string;
  /** Word in the role file. */
  readonly role: "sync" | "write-only" | "standalone";
  /** Parsed member file; undefined for a role file without one, on which WHM's status page fails. */
  readonly entry: MemberEntry | undefined;
}

/** The lines of a member file. */
export interface MemberEntry {
  readonly user: string;
  readonly host: string;
  readonly pass: string;
  /** Undefined for a file of the old form, which is treated as not cPanel. */
  readonly module: string | undefined;
  readonly debug: boolean;
}

/** Returns the directory with the members of a WHM user. */
export function memberDirectoryOf(user: string): string {
  return `/var/cpanel/cluster/${user}/config`;
}

/**
 * Lists members as WHM does: only by their role files. A role file must have the size of its word, or one more; any
 * other size makes the member vanish without a message.
 */
export function listMembers(files: ServerFiles, user = "root"): Member[] {
  const directory = files.find(memberDirectoryOf(user));
  if (directory?.kind !== "directory") return [];
  const members: Member[] = [];
  for (const [name, node] of directory.children) {
    if (node.kind !== "file" || !name.endsWith(roleSuffix) || name.startsWith(".")) continue;
    const role = readRole(node.content);
    const key = name.slice(0, -roleSuffix.length);
    if (role !== undefined) members.push({ key, role, entry: readMember(files, user, key) });
  }
  return members.sort((one, other) => (one.key < other.key ? -1 : 1));
}

/** Returns the entry of a member by its key, whether it has a role file or not. */
export function readMember(files: ServerFiles, user: string, key: string): MemberEntry | undefined {
  const text = files.readText(`${memberDirectoryOf(user)}/${key}`);
  return text === undefined ? undefined : parseMember(text);
}

/** Parses a member file of the present or of the headerless old form. */
export function parseMember(text: string): MemberEntry {
  const lines = text.split(/\r?\n/);
  if (!text.startsWith("#version")) {
    const [user = "", host = "", ...pass] = lines;
    return { user, host, pass: pass.join("\n").trimEnd(), module: undefined, debug: false };
  }
  const values = new Map(lines.slice(1).map(keyAndValue));
  const debug = values.get("debug") ?? "";
  return {
    user: values.get("user") ?? "",
    host: values.get("host") ?? "",
    pass: values.get("pass") ?? "",
    module: values.get("module"),
    debug: debug === "on" || debug === "1",
  };
}

/** Returns the role in the bytes of a role file; undefined if WHM would not recognise it. */
export function readRole(content: Buffer): Member["role"] | undefined {
  const text = content.toString("latin1");
  return roleWords.find((word) => text === word || text === `${word}\n`);
}

const roleSuffix = "-dnsrole";
const roleWords = ["sync", "write-only", "standalone"] as const;

function keyAndValue(line: string): [string, string] {
  const at = line.indexOf("=");
  return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
}
