import { homedir, hostname, userInfo } from "node:os";
import { z } from "zod";
import type { Connection } from "../../../schema/connection";
import { ConfigError } from "./config-error";
import { withHome } from "./config-file";
import { type Reading, readConfiguration } from "./config-reading";
import { type JumpHost, parseJumps } from "./jump-host";
import { expandTokens, expandVariables, type Tokens, variable } from "./tokens";

/** Keys that OpenSSH's client would log in with. */
export interface IdentityPlaces {
  readonly files: readonly string[];
  /** Certificate files; undefined if none is named, so that each key file may have one beside it. */
  readonly certificates: readonly string[] | undefined;
  /** Whether keys of the agent count only if a file names them. */
  readonly isOnly: boolean;
  readonly agentSocket: string | undefined;
}

/** Where OpenSSH's client looks for a host's key. */
export interface KnownHostsPlaces {
  readonly files: readonly string[];
  /** Name to look for instead of host and port. */
  readonly alias: string | undefined;
  /** File of keys that no host may show. */
  readonly revoked: string | undefined;
}

/** What OpenSSH's client configuration says of a host. What the connection says itself has won already. */
export interface HostSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Bastions, the first one first. */
  readonly jumps: readonly JumpHost[];
  /** Undefined if the connection has a key or a password of its own. */
  readonly identities: IdentityPlaces | undefined;
  readonly knownHosts: KnownHostsPlaces;
}

/**
 * Looks up a host as OpenSSH's client does.
 *
 * @throws ConfigError for settings that can't be followed here
 */
export function hostSettings(connection: Connection, source: true | string, usualUser: string): HostSettings {
  const { host: original, user: given } = connection;
  const reading = readConfiguration({ host: original, user: given, usualUser }, source);
  const named = expandTokens(reading.first("hostname") ?? original, { h: original });
  const host = judged(hostWord, named, "HostName");
  const port = connection.port ?? judged(portNumber, reading.first("port") ?? "22", "Port");
  const user = given ?? judged(word, reading.first("user") ?? usualUser, "User");
  const alias = reading.first("hostkeyalias");
  const tokens = tokensOf({ original, host, port, user, alias });
  refuse(reading, original, ["canonicalizehostname", "bindaddress", "bindinterface"]);
  return {
    host,
    port,
    user,
    jumps: connection.proxy ? [] : jumpsOf(reading, original, tokens),
    identities: hasCredential(connection)
      ? undefined
      : identityPlaces(reading, { original, tokens, agent: connection.agentSocketPath }),
    knownHosts: knownHostsPlaces(reading, {
      original,
      tokens,
      alias,
      isPinned: connection.hostKey !== undefined,
    }),
  };
}

/** No sign for a shell: errors write the host into commands that people copy. */
const hostWord = z
  .string()
  .regex(/^[\p{L}\p{M}\p{N}_:][\p{L}\p{M}\p{N}_.:%-]*$/u, "must be a host name or an address");
const word = z.string().regex(/^[^\s\0-\x1f\x7f]+$/, "must be a word without blanks");
const portNumber = z
  .string()
  .regex(/^\d{1,5}$/, "must be a number")
  .transform(Number)
  .pipe(z.int().min(1).max(65_535));

function judged<Value>(schema: z.ZodType<Value>, text: string, keyword: string): Value {
  const result = schema.safeParse(text);
  if (result.success) return result.data;
  const issue = result.error.issues[0]?.message ?? "is malformed";
  throw new ConfigError(`${keyword} of ssh_config: ${issue}`, "Correct it; ssh -G shows what OpenSSH reads.");
}

/** Refuses settings that would lead elsewhere, or another way, than a dial from here. */
function refuse(reading: Reading, host: string, keywords: readonly string[]): void {
  for (const keyword of keywords) {
    const value = reading.words(keyword).join(" ");
    if (value === "" || /^(no|none)$/i.test(value)) continue;
    throw new ConfigError(
      `ssh_config sets ${names[keyword] ?? keyword} for ${host}, which is not followed here`,
      cures[keyword] ?? `Set it to none for ${host}, or name a file in sshConfig that does not set it.`,
    );
  }
}

const names: Readonly<Record<string, string>> = {
  canonicalizehostname: "CanonicalizeHostname",
  bindaddress: "BindAddress",
  bindinterface: "BindInterface",
  proxycommand: "ProxyCommand",
  pkcs11provider: "PKCS11Provider",
  knownhostscommand: "KnownHostsCommand",
};

const cures: Readonly<Record<string, string>> = {
  proxycommand:
    "No program of this machine is run to reach a server. Write it as ProxyJump, or give the bastion in connection.proxy.",
  pkcs11provider: "Load the key into an agent: ssh-add -s, with the library that it names.",
  knownhostscommand: "Pin the key in connection.hostKey.",
};

function jumpsOf(reading: Reading, host: string, { h, p, r }: Tokens): JumpHost[] {
  refuse(reading, host, ["proxycommand"]);
  const jumps = reading.first("proxyjump");
  return jumps === undefined ? [] : parseJumps(expandTokens(jumps, { h, n: host, p, r }));
}

function hasCredential(connection: Connection): boolean {
  const { privateKey, privateKeyFile, privateKeyEnv, password, passwordEnv } = connection;
  return [privateKey, privateKeyFile, privateKeyEnv, password, passwordEnv].some(
    (each) => each !== undefined,
  );
}

const usualIdentities = ["~/.ssh/id_rsa", "~/.ssh/id_ecdsa", "~/.ssh/id_ed25519"];

function identityPlaces(
  reading: Reading,
  { original, tokens, agent }: { original: string; tokens: Tokens; agent: string | undefined },
): IdentityPlaces {
  refuse(reading, original, ["pkcs11provider"]);
  const named = reading.all("identityfile");
  const certificates = reading.all("certificatefile");
  const paths = (values: readonly string[]): string[] =>
    values.filter((value) => value.toLowerCase() !== "none").map((value) => pathOf(value, tokens));
  return {
    files: paths(named.length > 0 ? named : usualIdentities),
    certificates: certificates.length > 0 ? paths(certificates) : undefined,
    isOnly: /^(yes|true)$/i.test(reading.first("identitiesonly") ?? "no"),
    agentSocket: agent ?? agentOf(reading.first("identityagent"), tokens),
  };
}

function agentOf(setting: string | undefined, tokens: Tokens): string | undefined {
  if (setting === undefined || setting === "SSH_AUTH_SOCK") return variable("SSH_AUTH_SOCK");
  if (setting.toLowerCase() === "none") return undefined;
  return /^\$\w+$/.test(setting) ? variable(setting.slice(1)) : pathOf(setting, tokens);
}

function knownHostsPlaces(
  reading: Reading,
  {
    original,
    tokens,
    alias,
    isPinned,
  }: { original: string; tokens: Tokens; alias: string | undefined; isPinned: boolean },
): KnownHostsPlaces {
  if (!isPinned) refuse(reading, original, ["knownhostscommand"]);
  const files = (keyword: string, usual: readonly string[]): string[] => {
    const named = reading.words(keyword);
    const listed = named.length > 0 ? named : usual;
    return listed.filter((file) => file.toLowerCase() !== "none").map((file) => pathOf(file, tokens));
  };
  const revoked = reading.first("revokedhostkeys");
  return {
    files: [
      ...files("userknownhostsfile", ["~/.ssh/known_hosts", "~/.ssh/known_hosts2"]),
      ...files("globalknownhostsfile", ["/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"]),
    ],
    alias,
    revoked: revoked === undefined || revoked.toLowerCase() === "none" ? undefined : pathOf(revoked, tokens),
  };
}

function pathOf(text: string, tokens: Tokens): string {
  return withHome(expandTokens(expandVariables(text), tokens));
}

interface TokenSources {
  readonly original: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly alias: string | undefined;
}

function tokensOf({ original, host, port, user, alias }: TokenSources): Tokens {
  const { username, uid } = userInfo();
  const machine = hostname();
  return {
    d: homedir(),
    h: host,
    i: String(uid),
    k: alias ?? original,
    L: machine.split(".")[0],
    l: machine,
    n: original,
    p: String(port),
    r: user,
    u: username,
  };
}
