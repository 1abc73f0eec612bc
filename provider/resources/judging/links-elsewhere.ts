import type { Link, TopologyInput } from "../../schema/topology";
import type { LinkByAddress } from "../../schema/topology-gate";
import { connectedWith } from "../../topology";

/**
 * Lists the links that other declarations of the program make and that are connected with the servers of a topology.
 * The whole program is judged together, so the gate must not take them for links of unknown origin.
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
  const own = Object.values(topology.servers).flatMap(({ address }) => address ?? []);
  const near = connectedWith(
    own,
    links.map(({ from, to }) => [from, to]),
  );
  const connected = links.filter(({ from }) => near.has(from));
  return connected.length > 0 ? connected.sort(byText) : undefined;
}

function byAddress({ from, to }: Link, { servers }: TopologyInput): LinkByAddress[] {
  const [source, target] = [servers[from]?.address, servers[to]?.address];
  return source !== undefined && target !== undefined ? [{ from: source, to: target }] : [];
}

function byText(left: LinkByAddress, right: LinkByAddress): number {
  return `${left.from} ${left.to}` < `${right.from} ${right.to}` ? -1 : 1;
}
