import type { TopologyGateInputs } from "../../schema/topology-gate";

/**
 * Links that have passed a gate in this run, by the server that stores them and the address of the other. Saves a
 * second check; a link that is not listed is judged by itself.
 */
const links = new Set<string>();

export function passed({ topology }: TopologyGateInputs, isAnnouncedOn: (server: string) => boolean): void {
  for (const { from, to } of topology.links.filter((link) => isAnnouncedOn(link.from))) {
    const { address, publicAddress } = topology.servers[to] ?? {};
    for (const each of [address, publicAddress]) if (each !== undefined) links.add(keyOf(from, each));
  }
}

export function hasPassed(from: string, address: string): boolean {
  return links.has(keyOf(from, address));
}

function keyOf(from: string, address: string): string {
  return `${from}\0${address}`;
}
