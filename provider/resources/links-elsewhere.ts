import type { Link, TopologyInput } from "../schema/topology";
import type { LinkByAddress } from "../schema/topology-gate";

/**
 * Links that other declarations of the program make from the servers of a topology. The whole program is judged
 * together, so that the gate must not take them for links of unknown origin when it finds them on the servers.
 *
 * @returns undefined when there are none, which keeps the state short
 */
export function linksElsewhere(
  topology: TopologyInput,
  others: readonly TopologyInput[],
): LinkByAddress[] | undefined {
  const own = new Set(Object.values(topology.servers).map(({ address }) => address));
  const links = others.flatMap((other) =>
    (other.links ?? []).flatMap((link) => byAddress(link as Link, other)),
  );
  const shared = links.filter(({ from }) => own.has(from));
  return shared.length > 0 ? shared : undefined;
}

function byAddress({ from, to }: Link, { servers }: TopologyInput): LinkByAddress[] {
  const [source, target] = [servers[from]?.address, servers[to]?.address];
  return source !== undefined && target !== undefined ? [{ from: source, to: target }] : [];
}
