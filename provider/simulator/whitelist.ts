import { BlockList, isIP } from "node:net";

/** Maximum number of entries in the address list of a token. */
export const whitelistLimit = 100;

/**
 * Converts an address list to the form that WHM stores: IPv4 before IPv6, sorted, no duplicates, IPv6 written in full,
 * `/32` and `/128` left out. `any` clears the list.
 *
 * @returns undefined for a list that admits any address
 * @throws Error naming the entry that is not an address
 */
export function normaliseWhitelist(entries: readonly string[]): string[] | undefined {
  if (entries.includes("any")) return undefined;
  if (entries.length > whitelistLimit) throw new Error(`more than ${whitelistLimit} addresses`);
  const sorted = [...new Set(entries.map(normaliseEntry))].sort(byFamilyThenNumber);
  return sorted.length === 0 ? undefined : sorted;
}

/** Whether a token with this list may be used from an address. */
export function admits(entries: readonly string[] | undefined, address: string): boolean {
  if (entries === undefined || entries.length === 0) return true;
  if (isIP(address) === 0) return false;
  const list = new BlockList();
  for (const entry of entries) addTo(list, entry);
  return list.check(address, familyOf(address));
}

function addTo(list: BlockList, entry: string): void {
  const { address, length } = split(entry);
  if (length === undefined) list.addAddress(address, familyOf(address));
  else list.addSubnet(address, length, familyOf(address));
}

function normaliseEntry(entry: string): string {
  const { address, length } = split(entry);
  const version = isIP(address);
  const longest = version === 4 ? 32 : 128;
  if (version === 0 || Number.isNaN(length) || (length ?? 0) > longest)
    throw new Error(`no address or network: ${entry}`);
  const text = version === 4 ? address : inFull(address);
  return length === undefined || length === longest ? text : `${text}/${length}`;
}

function split(entry: string): { address: string; length: number | undefined } {
  const [address = "", length] = entry.split("/");
  return { address, length: length === undefined ? undefined : /^\d+$/.test(length) ? Number(length) : NaN };
}

function inFull(address: string): string {
  const [head = "", tail] = withoutDots(address.toLowerCase()).split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const middle = Array<string>(8 - before.length - after.length).fill("0");
  return [...before, ...middle, ...after].map((group) => group.padStart(4, "0")).join(":");
}

function withoutDots(address: string): string {
  return address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
}

function byFamilyThenNumber(one: string, other: string): number {
  return sortKey(one) < sortKey(other) ? -1 : 1;
}

function sortKey(entry: string): string {
  const { address, length } = split(entry);
  const digits = isIP(address) === 4 ? address.split(".").map((byte) => byte.padStart(3, "0")) : [address];
  return `${isIP(address)} ${digits.join(".")} ${String(length ?? 999).padStart(3, "0")}`;
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}
