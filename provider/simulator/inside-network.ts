import type { Identity } from "./identity";

// Behind NAT a server has two addresses. Its own one is valid only in the network behind the same router. The rest of
// the world knows the public one, both to reach it and when it calls.

/** Lists the names under which one server reaches another. */
export function namesFor(from: Identity, to: Identity): string[] {
  const { address, publicAddress, hostname } = to;
  if (publicAddress === undefined) return [address, hostname];
  return isInside(from, to) ? [address, publicAddress, hostname] : [publicAddress, hostname];
}

/** Returns the address from which a server's call seems to come. */
export function sourceFor(from: Identity, to: Identity): string {
  return isInside(from, to) ? from.address : (from.publicAddress ?? from.address);
}

/** Whether two servers are the same or behind one router: both behind NAT, in the same network of 256 addresses. */
function isInside(one: Identity, other: Identity): boolean {
  if (one === other) return true;
  if (one.publicAddress === undefined || other.publicAddress === undefined) return false;
  return networkOf(one.address) === networkOf(other.address);
}

function networkOf(address: string): string {
  return address.slice(0, address.lastIndexOf("."));
}
