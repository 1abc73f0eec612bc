import type { PlainServer } from "../../schema/server";

/** A server as the rules see it: named, with its flags filled in. */
export interface ClusterServer extends PlainServer {
  readonly name: string;
  /** True when it hosts no accounts; a server that is no nameserver is a web server. */
  readonly nameserver: boolean;
  /** Permission to pass zones on to other nameservers. */
  readonly intermediary: boolean;
}

/** Whether a server hosts no accounts: DNSOnly cannot, and cPanel & WHM when it is declared so. */
export function isNameserver({ type, nameserver }: Pick<PlainServer, "type" | "nameserver">): boolean {
  return type === "dnsonly" || nameserver === true;
}

/** A server's addresses, its main one first, without repeats. */
export function addressesOf(server: ClusterServer): string[] {
  const given = [server.address, server.publicAddress].filter((address) => address !== undefined);
  return [...new Set(given.map(canonicalAddress))];
}

/** The address under which other servers' users see a server: the public one where it is given. */
export function visibleAddress(server: ClusterServer): string | undefined {
  return server.publicAddress ?? server.address;
}

const dottedQuad = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** Whether an address is IPv4; WHM stores members by such an address only. */
export function isIpv4(address: string | undefined): boolean {
  const match = address === undefined ? null : dottedQuad.exec(address);
  return match !== null && match.slice(1).every((part) => Number(part) <= 255);
}

/** One spelling for each IPv6 address, so that equal addresses compare equal; everything else as it is. */
export function canonicalAddress(address: string): string {
  if (!address.includes(":")) return address;
  const url = `http://[${address}]/`;
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : address.toLowerCase();
}

/** How to call a server's product in a sentence. */
export function productOf(server: ClusterServer): string {
  return server.type === "dnsonly" ? "DNSOnly" : "cPanel & WHM";
}
