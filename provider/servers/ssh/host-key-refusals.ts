import type { ErrorReporter, ServerError } from "../errors";
import type { Certificate } from "./certificates/certificate";
import type { HopPlace } from "./dial-progress";
import { describeKey } from "./host-key";
import type { PlacedKey } from "./known-hosts-files";
import type { RouteHop } from "./route";

export interface HostKeyQuestion {
  hop: RouteHop;
  /** Place of the hop in the settings, such as `connection.proxy`. */
  field: string;
  port: number;
  /** The bastion through which the host is reached, if there is one. */
  via: HopPlace | undefined;
  phrase: string;
  reporter: ErrorReporter;
}

/** A certificate that a server shows, and the authorities that are trusted for it. */
export interface Certification {
  readonly shown: Certificate | undefined;
  readonly authorities: readonly PlacedKey[];
}

export function uncertified(
  { phrase, reporter }: HostKeyQuestion,
  { shown, authorities }: Certification,
): ServerError {
  const places = [...new Set(authorities.map(({ place }) => place))].join(" and ");
  const trusted = authorities.map(({ blob }) => describeKey(blob)).join(" or ");
  const by = shown ? `only a certificate by ${describeKey(shown.authority)}` : "no certificate";
  return reporter.error({
    code: "unknown-host-key",
    phrase,
    said: `the server shows ${by}, and ${places} trusts the authority ${trusted}`,
    wayOut:
      "Sign its key (ssh-keygen -s CA -h -I NAME -n HOST) and name the file with HostCertificate in its sshd_config.",
  });
}

export function invalidCertificate(
  { hop, phrase, reporter }: HostKeyQuestion,
  { keyId }: Certificate,
  trouble: string,
): ServerError {
  return reporter.error({
    code: "unknown-host-key",
    phrase,
    said: `the server's certificate "${keyId}" does not hold for ${hop.knownHosts?.alias ?? hop.host}: ${trouble}`,
    wayOut: "Sign the server's key again, or write the name that the certificate has in host.",
  });
}

export function isRevoked({ phrase, reporter }: HostKeyQuestion, { blob, place }: PlacedKey): ServerError {
  return reporter.error({
    code: "changed-host-key",
    phrase,
    said: `the server shows ${describeKey(blob)}, which is revoked in ${place}`,
    wayOut:
      "Someone who has the old key may be answering. If the server should have a new key, it still shows the old one: " +
      "replace it there. Do not remove the line before you know why it was written.",
  });
}

export function changed(
  question: HostKeyQuestion,
  shown: Buffer,
  expected: readonly PlacedKey[],
): ServerError {
  const fingerprints = expected.map((key) => describeKey(key.blob)).join(" or ");
  const places = [...new Set(expected.map(({ place }) => place))].join(" and ");
  return question.reporter.error({
    code: "changed-host-key",
    phrase: question.phrase,
    said: `the server shows ${describeKey(shown)}, but ${fingerprints} is in ${places}`,
    wayOut:
      "Someone may be listening in, or the server was reinstalled: compare with ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub " +
      `on its console, and only then change ${places}.`,
  });
}

export function unknown(question: HostKeyQuestion, shown: Buffer): ServerError {
  return question.reporter.error({
    code: "unknown-host-key",
    phrase: question.phrase,
    said: `the server shows ${describeKey(shown)}, which is not known here`,
    wayOut: `Compare it on the server's console, then set ${question.field}.hostKey, or ${additionTo(question)}.`,
  });
}

/** Says how the host's key comes into the file in which it is looked for first. */
function additionTo({ hop, port, via }: HostKeyQuestion): string {
  const { files = [], alias } = hop.knownHosts ?? {};
  const file = files[0] ?? "~/.ssh/known_hosts";
  if (alias !== undefined) return `add it to ${file} under the name ${alias}`;
  const onBastion = via ? `ssh ${via.port === undefined ? "" : `-p ${via.port} `}${via.host} ` : "";
  return `add it: ${onBastion}ssh-keyscan -p ${port} ${hop.host} >> ${file}`;
}
