import type { ServerHostKeyAlgorithm } from "ssh2";
import type { ServerError } from "../errors";
import { algorithmsFor, allAlgorithms, describeKey } from "./host-key";
import { pinnedKeys } from "./known-hosts";
import {
  type ExpectedKeys,
  findKnownKeys,
  placed,
  type PlacedKey,
  revokedKeys,
  UnreadableFile,
  usualFiles,
} from "./known-hosts-files";
import type { Certificate } from "./certificates/certificate";
import { troubleWith } from "./certificates/host-certificate";
import {
  type Certification,
  changed,
  type HostKeyQuestion,
  invalidCertificate,
  isRevoked,
  uncertified,
  unknown,
} from "./host-key-refusals";

/** Decides whether the key that a server shows is the right one. */
export interface HostKeyPolicy {
  /** Algorithms to offer. */
  algorithms: ServerHostKeyAlgorithm[];
  /** Whether a key of this host is known, so that only its kind is offered. */
  isKnown: boolean;
  /** Returns why the key is refused; undefined if it is accepted. */
  judge(blob: Buffer): ServerError | undefined;
  /** Present if an authority may certify the host: returns the policy that also accepts a key certified so. */
  withCertificate?(shown: Certificate | undefined): HostKeyPolicy;
}

/**
 * Uses the pinned key, else the keys in the files of known hosts. Refuses an unknown host, unless the user has explicitly
 * said that its key need not be checked.
 */
export async function hostKeyPolicy(question: HostKeyQuestion): Promise<HostKeyPolicy> {
  const { hop } = question;
  if (hop.hostKey !== undefined) return policy(question, pinned(question, hop.hostKey), true);
  if (hop.insecureSkipHostKeyCheck)
    return { algorithms: allAlgorithms, isKnown: false, judge: () => undefined };
  const { expected, isAboutPort } = await known(question);
  return policy(question, expected, isAboutPort);
}

/** `isCertain` is false for keys of the same host name at another port: a different key there proves nothing. */
function policy(question: HostKeyQuestion, expected: ExpectedKeys, isCertain: boolean): HostKeyPolicy {
  const { trusted, revoked, authorities } = expected;
  const isKnown = isCertain && trusted.length > 0;
  const wanted = algorithmsFor(trusted);
  return {
    ...(authorities.length > 0 && {
      withCertificate: (shown) =>
        certified(question, { ...expected, authorities: [] }, { shown, authorities }),
    }),
    algorithms: isKnown ? wanted : [...new Set([...wanted, ...allAlgorithms])],
    isKnown,
    judge(blob) {
      const withdrawn = withBlob(revoked, blob);
      if (withdrawn) return isRevoked(question, withdrawn);
      if (withBlob(trusted, blob)) return undefined;
      return isKnown ? changed(question, blob, trusted) : unknown(question, blob);
    },
  };
}

/**
 * Adds the key that a trusted authority certifies. A certificate of another authority is left aside, as OpenSSH does: the
 * key alone may be known.
 */
function certified(
  question: HostKeyQuestion,
  expected: ExpectedKeys,
  { shown, authorities }: Certification,
): HostKeyPolicy {
  const authority = shown && withBlob(authorities, shown.authority);
  if (!authority) {
    if (expected.trusted.length > 0) return policy(question, expected, true);
    throw uncertified(question, { shown, authorities });
  }
  const withdrawn = withBlob(expected.revoked, shown.authority) ?? withBlob(expected.revoked, shown.key.blob);
  if (withdrawn) throw isRevoked(question, withdrawn);
  const trouble = troubleWith(shown, question.hop.knownHosts?.alias ?? question.hop.host);
  if (trouble !== undefined) throw invalidCertificate(question, shown, trouble);
  const key = {
    ...shown.key,
    place: `a certificate by ${describeKey(authority.blob)} of ${authority.place}`,
  };
  return policy(question, { ...expected, trusted: [...expected.trusted, key] }, true);
}

function pinned({ field, phrase, reporter }: HostKeyQuestion, text: string): ExpectedKeys {
  const place = `${field}.hostKey`;
  const keys = placed(pinnedKeys(text), place);
  if (keys.trusted.length + keys.authorities.length > 0) return keys;
  throw reporter.error({
    code: "invalid-value",
    phrase,
    said: `${place} ${whatElse(text)}`,
    wayOut:
      "Write it as in known_hosts: the key's type and its base64 text, such as `ssh-ed25519 AAAA...`. The server's keys: ssh-keyscan, or /etc/ssh/ssh_host_*_key.pub on its console.",
  });
}

/** Names what was pasted in place of a key. */
function whatElse(text: string): string {
  if (/(?:SHA256|MD5):\S/.test(text)) return "holds a fingerprint and no public key";
  if (/@revoked/.test(text)) return "holds revoked keys alone";
  return /^\s*@/m.test(text) ? "has a mark other than @cert-authority and @revoked" : "holds no public key";
}

async function known({ hop, port, phrase, reporter }: HostKeyQuestion): ReturnType<typeof findKnownKeys> {
  try {
    const { files = usualFiles, alias, revoked } = hop.knownHosts ?? {};
    const found = await findKnownKeys(
      files,
      alias === undefined ? { host: hop.host, port } : { host: alias, port: 22 },
    );
    if (revoked === undefined) return found;
    const withdrawn = [...found.expected.revoked, ...(await revokedKeys(revoked))];
    return { ...found, expected: { ...found.expected, revoked: withdrawn } };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const wayOut = "Make it readable, or set hostKey.";
    throw reporter.error({ code: "unknown-host-key", phrase, said: error.message, wayOut, cause: error });
  }
}

function withBlob(keys: readonly PlacedKey[], blob: Buffer): PlacedKey | undefined {
  return keys.find((key) => key.blob.equals(blob));
}
