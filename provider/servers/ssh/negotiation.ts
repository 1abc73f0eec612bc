import type { ErrorReporter, ServerError } from "../errors";

/** What two sides must agree on: the words of ssh2's account of a handshake, and ours. */
const subjects = {
  "KEX method": { name: "key exchange", setting: "KexAlgorithms" },
  "Host key format": { name: "host key algorithm", setting: "HostKeyAlgorithms" },
  "C->S cipher": { name: "cipher", setting: "Ciphers" },
  "S->C cipher": { name: "cipher", setting: "Ciphers" },
  "C->S MAC": { name: "message authentication code", setting: "MACs" },
  "S->C MAC": { name: "message authentication code", setting: "MACs" },
} as const;

type Subject = keyof typeof subjects;
type Side = "local" | "remote";

const account = new RegExp(`^Handshake: \\((local|remote)\\) (${Object.keys(subjects).join("|")}): (.*)$`);

/** Names in a list that are no algorithms but say what else a side can do. */
const capability = /^(ext-info-|kex-strict-)/;
const postQuantum = /mlkem|sntrup|kyber/;

/** Characters of the server's list that are shown. */
const longestList = 200;

/** Follows a handshake, to say which algorithms each side offers when none is in common. */
export class Negotiation {
  private subject: Subject | undefined;
  private readonly offers: Record<Side, readonly string[]> = { local: [], remote: [] };

  /** Takes a line of ssh2's account. Other lines say nothing about algorithms. */
  readonly follow = (line: string): void => {
    const [, side, subject, list = ""] = account.exec(line) ?? [];
    if (side === undefined) return;
    this.subject = subject as Subject;
    this.offers[side as Side] = list.split(",").filter((name) => name !== "" && !capability.test(name));
  };

  /** Whether the server can prove the RSA key that is known here, or any key at all, with SHA-1 only. */
  get signsWithSha1Only(): boolean {
    const { local, remote } = this.offers;
    if (this.subject !== "Host key format" || !remote.includes("ssh-rsa")) return false;
    return local.some((name) => name.startsWith("rsa-sha2-"));
  }

  /** Makes the error for what the two sides did not agree on. */
  error(phrase: string, reporter: ErrorReporter): ServerError | undefined {
    if (this.subject === undefined) return undefined;
    const { name, setting } = subjects[this.subject];
    const { local, remote } = this.offers;
    const isNew = remote.length > 0 && remote.every((each) => postQuantum.test(each));
    return reporter.error({
      code: "unexpected-reply",
      phrase,
      said: `no ${name} in common: the server offers ${isNew ? "post-quantum ones only, " : ""}${listed(remote)}`,
      wayOut: `Add one of these to ${setting} in its sshd_config: ${local.join(", ")}.`,
    });
  }

  /** Makes the error for a server that signs with SHA-1 only. */
  sha1Error(phrase: string, reporter: ErrorReporter): ServerError {
    return reporter.error({
      code: "unexpected-reply",
      phrase,
      said: `the server proves its RSA key with SHA-1 only, which can be forged; it offers ${listed(this.offers.remote)}`,
      wayOut:
        "Update its SSH server (OpenSSH 7.2 and later sign with SHA-2) or allow rsa-sha2-512 in HostKeyAlgorithms of its sshd_config. " +
        "Its key may be the known one: nothing says that it has changed.",
    });
  }
}

function listed(names: readonly string[]): string {
  const list = names.join(", ") || "none";
  return list.length > longestList ? `${list.slice(0, longestList)}…` : list;
}
