import type { ParsedKey } from "ssh2";
import type { Secret } from "../../secret";
import type { ErrorReporter, ServerError } from "../../errors";
import { keyFingerprint } from "../host-key";
import { type Certificate, parseCertificate } from "./certificate";
import { certifiedKey, type CertifiedKey } from "./certified-key";
import { minuteText, secondsAt } from "./times";

/** The certificate of a log-in, not yet read. */
export interface GivenCertificate {
  readonly text: Secret;
  /** Where it comes from, such as `connection.certificateFile ~/.ssh/id-cert.pub`. */
  readonly place: string;
  /** Whether nobody has named it: it lies beside the key, where OpenSSH finds it too. */
  readonly isImplied: boolean;
}

/** Parses the text of a `-cert.pub` file; undefined if there is no certificate in it. */
export function certificateIn(text: string): Certificate | undefined {
  const [type = "", encoded = ""] = text.trim().split(/\s+/);
  return isCertificateType(type) ? parseCertificate(Buffer.from(encoded, "base64")) : undefined;
}

/**
 * Reads a certificate that somebody has named.
 *
 * @throws ServerError `invalid-value` for one that no server would accept
 */
export function readCertificate(
  { text, place }: GivenCertificate,
  reporter: ErrorReporter,
  now = Date.now(),
): Certificate {
  const certificate = certificateIn(text.reveal());
  const trouble = certificate ? troubleOf(certificate, now) : foreign(text.reveal());
  if (trouble) throw unusable(place, trouble, reporter);
  // Without trouble it was parsed.
  return certificate!;
}

/**
 * Joins a private key and the certificate of a log-in. One that nobody has named is left out if it is not of this key; it
 * is offered even if it has expired, so that the refusal can say so.
 *
 * @param keyPlace where the key comes from
 * @throws ServerError `invalid-value` for a named one that can't be used with the key
 */
export function withCertificate(
  key: ParsedKey,
  given: GivenCertificate,
  keyPlace: string,
  reporter: ErrorReporter,
): CertifiedKey | undefined {
  const certificate = given.isImplied ? certificateIn(given.text.reveal()) : readCertificate(given, reporter);
  if (!certificate || (given.isImplied && certificate.isForHosts)) return undefined;
  if (certificate.key.blob.equals(key.getPublicSSH())) return certifiedKey(key, certificate);
  if (given.isImplied) return undefined;
  const [own, other] = [certificate.key.blob, key.getPublicSSH()].map(keyFingerprint);
  throw unusable(
    given.place,
    {
      said: `it certifies the key ${own}, but ${keyPlace} is ${other}`,
      wayOut:
        "Give the certificate of that key, or the key of this certificate: `ssh-keygen -l -f FILE` shows which belong together.",
    },
    reporter,
  );
}

/** What is wrong with a certificate, and what to do about it. */
interface Trouble {
  readonly said: string;
  readonly wayOut: string;
}

function unusable(place: string, trouble: Trouble, reporter: ErrorReporter): ServerError {
  return reporter.error({ code: "invalid-value", phrase: `use the certificate ${place}`, ...trouble });
}

function troubleOf(certificate: Certificate, now: number): Trouble | undefined {
  const time = secondsAt(now);
  const clock = `This machine's clock says ${minuteText(time)}.`;
  const { isForHosts, validAfter, validBefore } = certificate;
  if (isForHosts)
    return { said: "it is a host's certificate", wayOut: "Have the key signed for a user: without -h." };
  if (time >= validBefore)
    return { said: `it expired on ${minuteText(validBefore)}`, wayOut: `Have a new one signed. ${clock}` };
  if (time < validAfter)
    return { said: `it is not valid before ${minuteText(validAfter)}`, wayOut: `Wait until then. ${clock}` };
  return undefined;
}

/** Says what a text is that is no certificate. */
function foreign(text: string): Trouble {
  const [type = ""] = text.trim().split(/\s+/);
  const wayOut =
    "Give what the authority has signed: `ssh-keygen -s CA -I NAME -n LOGIN FILE.pub` writes it into FILE-cert.pub.";
  if (/^-----BEGIN /.test(text.trim())) return { said: "it is a private key", wayOut };
  if (isCertificateType(type))
    return {
      said: `a certificate of the kind ${type} can't be used`,
      wayOut: "Give one of an Ed25519, ECDSA or RSA key. Keys of security tokens can't sign here.",
    };
  const isKey = /^(ssh|ecdsa|sk)-\S+$/.test(type);
  return { said: isKey ? "it is a public key alone, without a certificate" : "it is no certificate", wayOut };
}

function isCertificateType(type: string): boolean {
  return /^[a-z0-9@.-]+-cert-v01@openssh\.com$/.test(type);
}
