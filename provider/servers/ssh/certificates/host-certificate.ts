import type { Certificate } from "./certificate";
import { dayText, secondsAt } from "./times";

/**
 * Returns what is wrong with a host's certificate; undefined if it certifies this host now. Whether its authority is a
 * trusted one is judged elsewhere.
 */
export function troubleWith(certificate: Certificate, host: string, now = Date.now()): string | undefined {
  const { isForHosts, isSignedByAuthority, principals, criticalOptions } = certificate;
  const seconds = secondsAt(now);
  if (!isForHosts) return "it is a user's certificate";
  if (!isSignedByAuthority)
    return "its authority has not signed it, or with SHA-1 or a kind of key not known here";
  if (seconds < certificate.validAfter) return `it is not valid before ${dayText(certificate.validAfter)}`;
  if (seconds >= certificate.validBefore) return `it has expired on ${dayText(certificate.validBefore)}`;
  if (criticalOptions.length > 0)
    return `it demands ${criticalOptions.join(" and ")}, which is not known here`;
  if (principals.some((name) => name.toLowerCase() === host.toLowerCase())) return undefined;
  return principals.length > 0 ? `it is for ${principals.join(", ")}` : "it names no host; sign it with -n";
}
