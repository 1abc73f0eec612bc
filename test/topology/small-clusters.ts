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

/** Every choice of so many kinds, up to order. */
export function kindChoices(count: number, first = 0): ServerInput[][] {
  if (count === 0) return [[]];
  return kinds.flatMap((kind, index) =>
    index < first ? [] : kindChoices(count - 1, index).map((rest) => [kind, ...rest]),
  );
}

/** Every ordered pair of different names. */
export function orderedPairs(names: readonly string[]): [string, string][] {
  return names.flatMap((from) => names.filter((to) => to !== from).map((to): [string, string] => [from, to]));
}

/** A cluster of these kinds; the roles are for the ordered pairs, in order, `null` for no link. */
export function smallCluster(
  chosen: readonly ServerInput[],
  roles: readonly (RoleInput | null)[],
): TopologyInput {
  const names = chosen.map((_, index) => `s${index + 1}`);
  const servers = chosen.map(
    (kind, index) => [`s${index + 1}`, { ...kind, address: `192.0.2.${index + 1}` }] as const,
  );
  const links = orderedPairs(names).flatMap(([from, to], index) => {
    const role = roles[index];
    return role ? [{ from, to, role }] : [];
  });
  return { servers: Object.fromEntries(servers), links };
}

/** Every list of so many choices. */
export function* everyChoice<Choice>(count: number, choices: readonly Choice[]): Generator<Choice[]> {
  for (let number = 0; number < choices.length ** count; number += 1) {
    let rest = number;
    yield Array.from({ length: count }, () => {
      const choice = choices[rest % choices.length] as Choice;
      rest = Math.floor(rest / choices.length);
      return choice;
    });
  }
}

/**
 * Whether a cluster comes first among those that differ from it in names only. Kinds must be in order, so only
 * servers of one kind can swap names.
 */
export function isFirstNaming(chosen: readonly ServerInput[], roles: readonly (RoleInput | null)[]): boolean {
  const indices = chosen.map((_, index) => index);
  const pairs = orderedPairs(indices.map(String));
  const roleOf = new Map(pairs.map(([from, to], index) => [`${from}${to}`, roles[index] ?? "-"]));
  const spelling = (order: readonly number[]): string =>
    pairs.map(([from, to]) => roleOf.get(`${order[Number(from)]}${order[Number(to)]}`)).join();
  const swaps = permutations(indices).filter((order) =>
    order.every((to, from) => chosen[to] === chosen[from]),
  );
  return swaps.every((order) => spelling(indices) <= spelling(order));
}

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}
