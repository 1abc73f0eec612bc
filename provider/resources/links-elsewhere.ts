import type { Link, TopologyInput } from "../schema/topology";
import type { LinkByAddress } from "../schema/topology-gate";

/**
 * Links that other declarations of the program make and that are connected with the servers of a topology. The whole
 * program is judged together, so that the gate must not take them for links of unknown origin when it finds them.
 *
 * @returns undefined when there are none, which keeps the state short
 */
export function linksElsewhere(
  topology: TopologyInput,
  others: readonly TopologyInput[],
): LinkByAddress[] | undefined {
  const links = others.flatMap((other) =>
    (other.links ?? []).flatMap((link) => byAddress(link as Link, other)),
  );
  const near = connectedAddresses(topology, links);
  const connected = links.filter(({ from }) => near.has(from));
  return connected.length > 0 ? connected.sort(byText) : undefined;
}

function byAddress({ from, to }: Link, { servers }: TopologyInput): LinkByAddress[] {
  const [source, target] = [servers[from]?.address, servers[to]?.address];
  return source !== undefined && target !== undefined ? [{ from: source, to: target }] : [];
}

function connectedAddresses(
  { servers }: TopologyInput,
  links: readonly LinkByAddress[],
): ReadonlySet<string> {
  const neighbours = new Map<string, string[]>();
  const connect = (one: string, other: string): void => {
    neighbours.set(one, [...(neighbours.get(one) ?? []), other]);
  };
  for (const { from, to } of links) {
    connect(from, to);
    connect(to, from);
  }
  const near = new Set(Object.values(servers).flatMap(({ address }) => address ?? []));
  // A set that grows while it is walked: each address is visited once.
  for (const address of near) neighbours.get(address)?.forEach((neighbour) => near.add(neighbour));
  return near;
}

function byText(left: LinkByAddress, right: LinkByAddress): number {
  return `${left.from} ${left.to}` < `${right.from} ${right.to}` ? -1 : 1;
}
