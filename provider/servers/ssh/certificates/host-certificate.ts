import type { Certificate } from "./certificate";

/**
 * Returns what is wrong with a host's certificate; undefined if it certifies this host now. Whether its authority is a
 * trusted one is judged elsewhere.
 */
export function troubleWith(certificate: Certificate, host: string, now = Date.now()): string | undefined {
  const { isForHosts, isSignedByAuthority, principals, criticalOptions } = certificate;
  const seconds = BigInt(Math.floor(now / 1000));
  if (!isForHosts) return "it is a user's certificate";
  if (!isSignedByAuthority)
    return "its authority has not signed it, or with SHA-1 or a kind of key not known here";
  if (seconds < certificate.validAfter) return `it is not valid before ${day(certificate.validAfter)}`;
  if (seconds >= certificate.validBefore) return `it has expired on ${day(certificate.validBefore)}`;
  if (criticalOptions.length > 0)
    return `it demands ${criticalOptions.join(" and ")}, which is not known here`;
  if (principals.some((name) => name.toLowerCase() === host.toLowerCase())) return undefined;
  return principals.length > 0 ? `it is for ${principals.join(", ")}` : "it names no host; sign it with -n";
}

/** The last second that can be written as a day. Certificates may count beyond it. */
const lastSecond = 253_402_300_799n;

function day(seconds: bigint): string {
  if (seconds > lastSecond) return "the year 9999";
  return new Date(Number(seconds) * 1000).toISOString().slice(0, 10);
}
