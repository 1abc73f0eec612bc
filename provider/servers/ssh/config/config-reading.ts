import { userInfo } from "node:os";
import { isListed } from "../patterns";
import { ConfigError } from "./config-error";
import { type ConfigFile, configFiles, type Directive, includedFiles } from "./config-file";
import { expandTokens } from "./tokens";

/** The host that is looked up, and what is known without the files. */
export interface LookedUp {
  /** As written by the user, which `Host` lines name. */
  readonly host: string;
  /** A log-in name that the files can't change. */
  readonly user?: string | undefined;
  /** The log-in name if neither is given. */
  readonly usualUser: string;
}

/** What the files say of a host. Of each keyword the first value counts; some are collected. */
export interface Reading {
  first(keyword: string): string | undefined;
  /** All words of the first value. */
  words(keyword: string): readonly string[];
  /** All values of a keyword that may be repeated. */
  all(keyword: string): readonly string[];
}

const deepestInclude = 16;

/** Keywords with one meaning together: the first of them counts. */
const sameAs: Readonly<Record<string, string>> = { proxycommand: "proxyjump" };
const repeatable = ["identityfile", "certificatefile"];

/** Keywords that decide how a host is reached. Others have no effect here. */
const meant = new Set([
  ...["hostname", "port", "user", "proxyjump", "proxycommand", "include"],
  ...["identityfile", "certificatefile", "identitiesonly", "identityagent", "pkcs11provider"],
  ...["userknownhostsfile", "globalknownhostsfile", "hostkeyalias", "revokedhostkeys", "knownhostscommand"],
  ...["canonicalizehostname", "bindaddress", "bindinterface"],
]);

/**
 * Reads what OpenSSH's client configuration says of a host.
 *
 * @throws ConfigError for what can't be decided here and matters
 */
export function readConfiguration(target: LookedUp, source: true | string): Reading {
  const files = configFiles(source);
  const reading = new ConfigReading(target);
  for (const file of files) reading.read(file);
  if (reading.wantsFinalPass) for (const file of files) reading.read(file, "final");
  return reading;
}

class ConfigReading implements Reading {
  wantsFinalPass = false;
  private isFinalPass = false;
  private named: string;
  private readonly found = new Map<string, { keyword: string; words: readonly string[] }>();
  private readonly collected = new Map<string, string[]>();

  constructor(private readonly target: LookedUp) {
    this.named = target.host;
  }

  first(keyword: string): string | undefined {
    return this.words(keyword)[0];
  }

  words(keyword: string): readonly string[] {
    const found = this.found.get(sameAs[keyword] ?? keyword);
    return found?.keyword === keyword ? found.words : [];
  }

  all(keyword: string): readonly string[] {
    return this.collected.get(keyword) ?? [];
  }

  read(file: ConfigFile, pass?: "final"): void {
    this.isFinalPass = pass === "final";
    // Host lines are then about the name that the first pass has found.
    this.named = this.isFinalPass ? this.hostName().toLowerCase() : this.target.host;
    this.follow(file.directives, file, 0);
  }

  private follow(directives: readonly Directive[], file: ConfigFile, depth: number): void {
    for (const directive of directives) {
      if (!directive.section) this.take(directive, file, depth);
      else if (this.isFor(directive, directive.section, file)) this.follow(directive.section, file, depth);
    }
  }

  private take({ keyword, words }: Directive, file: ConfigFile, depth: number): void {
    if (keyword === "include") return this.include(words, file, depth);
    if (repeatable.includes(keyword)) {
      const known = this.collected.get(keyword) ?? [];
      this.collected.set(keyword, [...new Set([...known, ...words])]);
      return;
    }
    const place = sameAs[keyword] ?? keyword;
    if (!this.found.has(place)) this.found.set(place, { keyword, words });
  }

  private include(patterns: readonly string[], file: ConfigFile, depth: number): void {
    if (depth >= deepestInclude)
      throw new ConfigError(`${file.place} includes itself, or too many files in each other`, "Remove that.");
    for (const included of patterns.flatMap((pattern) => includedFiles(pattern, file)))
      this.follow(included.directives, included, depth + 1);
  }

  /** Whether a section is about the host. */
  private isFor(
    { keyword, words }: Directive,
    section: readonly Directive[],
    { place }: ConfigFile,
  ): boolean {
    if (keyword === "host") return isListed(words, this.named);
    const verdict = this.judge(words);
    if (typeof verdict === "boolean") return verdict;
    if (!section.some((line) => meant.has(line.keyword))) return false;
    throw new ConfigError(
      `${place} says something of ${this.target.host} below "Match ${verdict.undecided}", which is not decided here`,
      "Write it below a Host line, name another file in sshConfig, or say it in the connection itself.",
    );
  }

  private judge(words: readonly string[]): boolean | { undecided: string } {
    let undecided: string | undefined;
    for (let at = 0; at < words.length; at++) {
      const word = (words[at] ?? "").toLowerCase();
      const isNegated = word.startsWith("!");
      const name = isNegated ? word.slice(1) : word;
      const verdict = this.isPlain(name) ?? this.fits(name, words[++at] ?? "");
      if (verdict === undefined) undecided ??= name;
      else if (verdict === isNegated) return false;
    }
    return undecided === undefined ? true : { undecided };
  }

  /** Judges a criterion that takes no argument; undefined for one that takes an argument. */
  private isPlain(name: string): boolean | undefined {
    if (name === "all") return true;
    if (name === "final") this.wantsFinalPass = true;
    return name === "final" || name === "canonical" ? this.isFinalPass : undefined;
  }

  /** Judges a criterion with its argument; undefined for one that is not decided here. */
  private fits(name: string, argument: string): boolean | undefined {
    const { host, user, usualUser } = this.target;
    const patterns = argument.split(",");
    // Unlike a Host line, these take capitals for small letters.
    const isHost = (subject: string): boolean =>
      isListed(argument.toLowerCase().split(","), subject.toLowerCase());
    const criteria: Partial<Record<string, () => boolean>> = {
      host: () => isHost(this.hostName()),
      originalhost: () => isHost(host),
      user: () => isListed(patterns, user ?? this.first("user") ?? usualUser),
      localuser: () => isListed(patterns, userInfo().username),
    };
    return criteria[name]?.();
  }

  private hostName(): string {
    const { host } = this.target;
    const given = this.first("hostname");
    return given === undefined ? host : expandTokens(given, { h: host, n: host });
  }
}
