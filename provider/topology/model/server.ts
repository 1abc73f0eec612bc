import type { PlainServer } from "../../schema/server";

/** A server as the rules see it, with its name and its flags filled in. */
export interface ClusterServer extends PlainServer {
  readonly name: string;
  /** Whether it hosts no accounts. A server that is not a nameserver is a web server. */
  readonly nameserver: boolean;
  /** Whether it may pass zones on to other nameservers. */
  readonly intermediary: boolean;
}

/** Whether a server hosts no accounts. DNSOnly can't host any; cPanel & WHM doesn't if so declared. */
export function isNameserver({ type, nameserver }: Pick<PlainServer, "type" | "nameserver">): boolean {
  return type === "dnsonly" || nameserver === true;
}

/** Lists a server's addresses without repeats, the main one first. */
export function addressesOf(server: ClusterServer): string[] {
  const given = [server.address, server.publicAddress].filter((address) => address !== undefined);
  return [...new Set(given.map(canonicalAddress))];
}

/** Returns the address that users of other servers see: the public one if given. */
export function visibleAddress(server: ClusterServer): string | undefined {
  return server.publicAddress ?? server.address;
}

const dottedQuad = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** Whether an address is IPv4. WHM stores members only by such addresses. */
export function isIpv4(address: string | undefined): boolean {
  const match = address === undefined ? null : dottedQuad.exec(address);
  return match !== null && match.slice(1).every((part) => Number(part) <= 255);
}

/** Normalises an IPv6 address, so that equal addresses compare equal. Leaves everything else as it is. */
export function canonicalAddress(address: string): string {
  if (!address.includes(":")) return address;
  const url = `http://[${address}]/`;
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : address.toLowerCase();
}

/** Normalises an address or a network, as the list of a token has them. A network of one address becomes the address. */
export function canonicalEntry(entry: string): string {
  const [address = "", length] = entry.split("/");
  const longest = address.includes(":") ? "128" : "32";
  const short = canonicalAddress(address);
  return length === undefined || length === longest ? short : `${short}/${length}`;
}

/** Names a server's product in a sentence. */
export function productOf({ type }: Pick<PlainServer, "type">): string {
  return type === "dnsonly" ? "DNSOnly" : "cPanel & WHM";
}
