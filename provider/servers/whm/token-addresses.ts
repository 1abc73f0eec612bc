import { BlockList, isIP } from "node:net";

/**
 * Whether a token with this list is accepted from an address. An empty list means any; an entry that is no address
 * admits nobody.
 *
 * @param whitelistIps addresses and networks, as WHM writes them
 */
export function isAcceptedFrom(whitelistIps: readonly string[], address: string): boolean {
  if (whitelistIps.length === 0) return true;
  if (isIP(address) === 0) return false;
  const list = new BlockList();
  for (const entry of whitelistIps) addTo(list, entry);
  return list.check(address, familyOf(address));
}

function addTo(list: BlockList, entry: string): void {
  const [address = "", length] = entry.split("/");
  const version = isIP(address);
  if (version === 0) return;
  const bits = length === undefined ? longest(version) : Number(length);
  if (Number.isInteger(bits) && bits >= 0 && bits <= longest(version))
    list.addSubnet(address, bits, familyOf(address));
}

function longest(version: number): number {
  return version === 4 ? 32 : 128;
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}
