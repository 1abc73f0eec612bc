import { SocketAddress } from "node:net";
import type { ApiTokenInputs } from "../../schema/api-token";

/** Settings of a token that can be changed in place, in a comparable form. */
export interface TokenSettings {
  acls: string[];
  whitelistIps: string[];
  expiresAt: number | undefined;
}

/**
 * Normalises settings: WHM sorts both lists, drops duplicates and writes IPv6 addresses in full. In a preview, the word
 * for an unknown value may replace a whole list.
 */
export function tokenSettings(
  token: Pick<ApiTokenInputs, "acls" | "whitelistIps"> & { expiresAt?: number | undefined },
): TokenSettings {
  return {
    // A token with every privilege is reported with each of them.
    acls: token.acls.includes("all") ? ["all"] : unique([token.acls].flat()),
    whitelistIps: unique([token.whitelistIps].flat().map(canonicalAddress)),
    expiresAt: token.expiresAt,
  };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function canonicalAddress(text: string): string {
  const [address = "", prefix] = text.split("/");
  if (!address.includes(":")) return text.endsWith("/32") ? address : text;
  const short = new SocketAddress({ address, family: "ipv6" }).address;
  return prefix === undefined || prefix === "128" ? short : `${short}/${prefix}`;
}
