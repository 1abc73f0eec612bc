import type { ParsedKey } from "ssh2";
import { plainBlob } from "./certificates/certified-key";
import { certificateIn } from "./certificates/user-certificate";
import { keyFingerprint, parseHostKeys } from "./host-key";

/** What `identity` names: a key, with its certificates, or one certificate. */
export interface ChosenKey {
  readonly fingerprint: string;
  readonly certificate?: Buffer;
}

/** Reads a fingerprint, or the text of a public key or certificate. */
export function meantBy(identity: string): ChosenKey {
  const certificate = certificateIn(identity);
  if (certificate)
    return { fingerprint: keyFingerprint(certificate.key.blob), certificate: certificate.blob };
  const [key] = parseHostKeys(identity);
  return { fingerprint: key ? keyFingerprint(key.blob) : identity };
}

export function isMeant(key: ParsedKey, { fingerprint, certificate }: ChosenKey): boolean {
  return certificate
    ? key.getPublicSSH().equals(certificate)
    : keyFingerprint(plainBlob(key)) === fingerprint;
}
