import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import SSHConfig, { type Line, LineType } from "ssh-config";
import { expandHome } from "../../expand-home";
import { matches } from "../patterns";
import { ConfigError } from "./config-error";
import { requireGuarded } from "./guarded-file";

/** A line of an ssh_config file: `Port 22`, or `Host web1` with the lines below it. */
export interface Directive {
  /** In lower case. */
  readonly keyword: string;
  readonly words: readonly string[];
  /** Lines below a `Host` or a `Match`; undefined for any other line. */
  readonly section?: readonly Directive[];
}

/** A configuration and the directory from which its `Include` lines count. */
export interface ConfigFile {
  /** As it is shown. */
  readonly place: string;
  readonly includeFolder: string;
  readonly directives: readonly Directive[];
}

/**
 * Returns the files that OpenSSH's client reads, in their order: the user's and the machine's, or one that is named.
 *
 * @throws ConfigError if a file can't be read, or the named one is missing
 */
export function configFiles(source: true | string): ConfigFile[] {
  const own = join(homedir(), ".ssh");
  if (source !== true) return [readConfig(source, own, { isNeeded: true })];
  return [
    readConfig("~/.ssh/config", own, { isGuarded: true }),
    readConfig("/etc/ssh/ssh_config", "/etc/ssh"),
  ];
}

/** Returns the files that an `Include` names. Files that are missing are left out, as OpenSSH does. */
export function includedFiles(pattern: string, from: ConfigFile): ConfigFile[] {
  const path = withHome(pattern);
  const whole = isAbsolute(path) ? path : join(from.includeFolder, path);
  return filesMatching(whole, pattern).map((file) =>
    readConfig(file, from.includeFolder, { isGuarded: true }),
  );
}

/** Replaces `~` at the beginning by the home directory. */
export function withHome(path: string): string {
  if (path === "~") return homedir();
  const whole = expandHome(path);
  if (!whole.startsWith("~")) return whole;
  throw new ConfigError(
    `${path} is in the home directory of another user, which is not looked up`,
    "Write the whole path.",
  );
}

interface Care {
  /** Whether the file must be there. @default false */
  readonly isNeeded?: boolean;
  /** Whether nobody else may write it. OpenSSH asks this of the user's own file and of included ones. @default false */
  readonly isGuarded?: boolean;
}

function readConfig(place: string, includeFolder: string, care: Care = {}): ConfigFile {
  return { place, includeFolder, directives: parse(place, readText(place, care)) };
}

/** What each file held last. It is read at every use, but parsing it again for each of many servers takes seconds. */
const parsed = new Map<string, { text: string; directives: readonly Directive[] }>();

function parse(place: string, text: string): readonly Directive[] {
  const last = parsed.get(place);
  if (last?.text === text) return last.directives;
  try {
    const directives = SSHConfig.parse(text).flatMap(directiveOf);
    parsed.set(place, { text, directives });
    return directives;
  } catch (error) {
    const said = (error as Error).message;
    throw new ConfigError(`${place} can't be parsed: ${said}`, `Compare with what ssh -F ${place} -G says.`, {
      cause: error,
    });
  }
}

function readText(place: string, { isNeeded = false, isGuarded = false }: Care): string {
  const path = withHome(place);
  try {
    if (isGuarded) requireGuarded(place, path);
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const isMissing = code === "ENOENT" || code === "ENOTDIR";
    if (isMissing && !isNeeded) return "";
    throw new ConfigError(
      `${place} can't be read: ${isMissing ? "there is no such file" : message}`,
      "Correct sshConfig, which is true or the path of an ssh_config file, or make the file readable.",
      { cause: error },
    );
  }
}

function directiveOf(line: Line): Directive[] {
  if (line.type !== LineType.DIRECTIVE) return [];
  const { param, separator, value } = line;
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(param) || /[\r\n]/.test(separator))
    throw new Error(`${param.split(/[\r\n]/, 1)[0]} has no value`);
  const keyword = param.toLowerCase();
  const words = typeof value === "string" ? [value] : value.map(({ val }) => val);
  // The parser does not know that this one may name several files.
  const isList = keyword === "include" && line.quoted !== true;
  const section = "config" in line ? line.config.flatMap(directiveOf) : undefined;
  return [
    {
      keyword,
      words: isList ? words.flatMap((each) => each.split(/\s+/)) : words,
      ...(section && { section }),
    },
  ];
}

/** Expands `*` and `?` in the names of a path. */
function filesMatching(path: string, pattern: string): string[] {
  if (/[[{]/.test(path))
    throw new ConfigError(`Include ${pattern} is not understood`, "Write it with * and ? alone.");
  const [, ...names] = path.split("/");
  return names.reduce<string[]>(
    (folders, name) => folders.flatMap((folder) => entriesOf(folder, name)),
    ["/"],
  );
}

function entriesOf(folder: string, pattern: string): string[] {
  if (!/[*?]/.test(pattern)) return [join(folder, pattern)];
  const isWanted = (name: string): boolean =>
    (pattern.startsWith(".") || !name.startsWith(".")) && matches(pattern, name);
  return namesIn(folder)
    .filter(isWanted)
    .sort()
    .map((name) => join(folder, name));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
