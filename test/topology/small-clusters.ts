import type { TopologyInput } from "../../provider/schema/topology";

type ServerInput = TopologyInput["servers"][string];
type RoleInput = NonNullable<TopologyInput["links"]>[number]["role"];

/** Every kind of server that the rules tell apart. */
export const kinds: readonly ServerInput[] = [
  { type: "cpanel" },
  { type: "cpanel", nameserver: true },
  { type: "cpanel", nameserver: true, intermediary: true },
  { type: "dnsonly" },
  { type: "dnsonly", intermediary: true },
];

export function isWebServer(kind: ServerInput): boolean {
  return kind.type === "cpanel" && kind.nameserver !== true;
}

/** Every choice of so many kinds, up to order. */
export function kindChoices(count: number, first = 0): ServerInput[][] {
  if (count === 0) return [[]];
  return kinds.flatMap((kind, index) =>
    index < first ? [] : kindChoices(count - 1, index).map((rest) => [kind, ...rest]),
  );
}

/** Every ordered pair of two different places. */
export function orderedPairs(count: number): [from: number, to: number][] {
  const places = Array.from({ length: count }, (_, index) => index);
  return places.flatMap((from) =>
    places.filter((to) => to !== from).map((to): [number, number] => [from, to]),
  );
}

/** A cluster of these kinds; the roles are for the ordered pairs, in order, `null` for no link. */
export function smallCluster(
  chosen: readonly ServerInput[],
  roles: readonly (RoleInput | null)[],
): TopologyInput {
  const servers = chosen.map(
    (kind, index) => [`s${index + 1}`, { ...kind, address: `192.0.2.${index + 1}` }] as const,
  );
  const links = orderedPairs(chosen.length).flatMap(([from, to], index) => {
    const role = roles[index];
    return role ? [{ from: `s${from + 1}`, to: `s${to + 1}`, role }] : [];
  });
  return { servers: Object.fromEntries(servers), links };
}
