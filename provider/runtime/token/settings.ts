import { SocketAddress } from "node:net";
import type { ApiTokenInputs } from "../../schema/api-token";

/** The settings of a token that can be changed in place, in a form that compares. */
export interface TokenSettings {
  acls: string[];
  whitelistIps: string[];
  expiresAt: number | undefined;
}

/**
 * WHM sorts both lists, drops what stands twice and writes IPv6 addresses in full. At preview the word for what is not
 * known yet may stand in place of a whole list.
 */
export function tokenSettings(
  token: Pick<ApiTokenInputs, "acls" | "whitelistIps"> & { expiresAt?: number | undefined },
): TokenSettings {
  return {
    // A token with every privilege is told with each of them.
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
