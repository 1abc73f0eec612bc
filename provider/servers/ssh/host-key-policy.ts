import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { ServerHostKeyAlgorithm } from "ssh2";
import type { ConnectionHop } from "../../schema/connection";
import type { ErrorReporter, ServerError } from "../errors";
import { algorithmsFor, allAlgorithms, describeKey, type HostKey, parseHostKeys } from "./host-key";
import { knownKeys } from "./known-hosts";

/** Decides whether the key that a server shows is the right one. */
export interface HostKeyPolicy {
  /** Algorithms to offer. */
  algorithms: ServerHostKeyAlgorithm[];
  /** Whether a key of this host is known, so that only its kind is offered. */
  isKnown: boolean;
  /** Returns why the key is refused; undefined if it is accepted. */
  judge(blob: Buffer): ServerError | undefined;
}

export interface HostKeyQuestion {
  hop: ConnectionHop;
  /** Place of the hop in the settings, such as `connection.proxy`. */
  field: string;
  port: number;
  phrase: string;
  reporter: ErrorReporter;
}

/**
 * Uses the pinned key, else the keys in `~/.ssh/known_hosts`. Refuses an unknown host, unless the user has explicitly
 * said that its key need not be checked.
 */
export async function hostKeyPolicy(question: HostKeyQuestion): Promise<HostKeyPolicy> {
  const { hop } = question;
  if (hop.hostKey !== undefined) return pinned(question, hop.hostKey);
  if (hop.insecureSkipHostKeyCheck)
    return { algorithms: allAlgorithms, isKnown: false, judge: () => undefined };
  const { trusted, revoked } = knownKeys(await knownHosts(question), hop.host, question.port);
  const place = "~/.ssh/known_hosts";
  return {
    algorithms: trusted.length > 0 ? algorithmsFor(trusted) : allAlgorithms,
    isKnown: trusted.length > 0,
    judge(blob) {
      if (holds(revoked, blob))
        return changed(question, blob, { keys: revoked, place: `${place}, where it is revoked` });
      if (holds(trusted, blob)) return undefined;
      return trusted.length > 0 ? changed(question, blob, { keys: trusted, place }) : unknown(question, blob);
    },
  };
}

function pinned(question: HostKeyQuestion, text: string): HostKeyPolicy {
  const keys = parseHostKeys(text);
  const place = `${question.field}.hostKey`;
  if (keys.length === 0) {
    throw question.reporter.error({
      code: "invalid-value",
      phrase: question.phrase,
      said: `${place} holds no public key`,
      wayOut:
        "Write it as in known_hosts: the key's type and its base64 text, such as `ssh-ed25519 AAAA...`.",
    });
  }
  return {
    algorithms: algorithmsFor(keys),
    isKnown: true,
    judge: (blob) => (holds(keys, blob) ? undefined : changed(question, blob, { keys, place })),
  };
}

function changed(
  question: HostKeyQuestion,
  shown: Buffer,
  expected: { keys: HostKey[]; place: string },
): ServerError {
  const fingerprints = expected.keys.map((key) => describeKey(key.blob)).join(" or ");
  return question.reporter.error({
    code: "changed-host-key",
    phrase: question.phrase,
    said: `the server shows ${describeKey(shown)}, but ${fingerprints} is in ${expected.place}`,
    wayOut:
      "Someone may be listening in, or the server was reinstalled: compare with ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub " +
      `on its console, and only then change ${expected.place}.`,
  });
}

function unknown(question: HostKeyQuestion, shown: Buffer): ServerError {
  const { hop, port } = question;
  return question.reporter.error({
    code: "unknown-host-key",
    phrase: question.phrase,
    said: `the server shows ${describeKey(shown)}, which is not known here`,
    wayOut: `Compare it on the server's console, then set ${question.field}.hostKey, or add it: ssh-keyscan -p ${port} ${hop.host} >> ~/.ssh/known_hosts.`,
  });
}

async function knownHosts({ phrase, reporter }: HostKeyQuestion): Promise<string> {
  try {
    return await readFile(join(homedir(), ".ssh", "known_hosts"), "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return "";
    throw reporter.error({
      code: "unknown-host-key",
      phrase,
      said: `~/.ssh/known_hosts cannot be read: ${message}`,
      wayOut: "Make it readable, or set hostKey.",
      cause: error,
    });
  }
}

function holds(keys: readonly HostKey[], blob: Buffer): boolean {
  return keys.some((key) => key.blob.equals(blob));
}
