import type { TopologyInput } from "../../provider/schema/topology";
import { orderedPairs, smallCluster } from "./small-clusters";

type ServerInput = TopologyInput["servers"][string];
type Pair = readonly [from: number, to: number];
type RoleInput = NonNullable<TopologyInput["links"]>[number]["role"];

/** What a family of clusters may be made of. */
export interface Family {
  /** What may stand between two servers; the first is no link. */
  roles: readonly [null, ...RoleInput[]];
  mayLink: (from: ServerInput, to: ServerInput) => boolean;
}

/**
 * Every cluster of these kinds, once however its servers are named. Its links are the digits of a number, one for each
 * pair of servers; of the numbers that differ in names only, the smallest is taken. Kinds are in order, so only servers
 * of one kind can swap names.
 */
export function* unnamedClusters(chosen: readonly ServerInput[], family: Family): Generator<TopologyInput> {
  const { roles, mayLink } = family;
  const every = orderedPairs(chosen.length);
  const pairs = every.filter(([from, to]) => mayLink(chosen[from] ?? none, chosen[to] ?? none));
  const renamings = swaps(chosen).map((order) => pairs.map((pair) => placeOf(renamed(pair, order), pairs)));
  const places = every.map((pair) => placeOf(pair, pairs));
  for (const digits of countUp(pairs.length, roles.length)) {
    if (renamings.some((renaming) => isSmaller(renaming, digits))) continue;
    yield smallCluster(
      chosen,
      places.map((place) => roles[digits[place] ?? 0] ?? null),
    );
  }
}

const none: ServerInput = { type: "dnsonly" };

/** Every list of digits, as an odometer runs; the list is the same object each time. */
function* countUp(length: number, base: number): Generator<readonly number[]> {
  const digits = Array.from({ length }, () => 0);
  for (let place = 0; place < length || length === 0;) {
    yield digits;
    for (place = 0; place < length && digits[place] === base - 1; place += 1) digits[place] = 0;
    if (place === length) return;
    digits[place] = (digits[place] ?? 0) + 1;
  }
}

/** Whether the digits in the order of these places are a smaller number. */
function isSmaller(places: readonly number[], digits: readonly number[]): boolean {
  for (let index = 0; index < places.length; index += 1) {
    const difference = (digits[places[index] ?? 0] ?? 0) - (digits[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function swaps(chosen: readonly ServerInput[]): number[][] {
  return permutations(chosen.map((_, index) => index)).filter((order) =>
    order.every((to, from) => chosen[to] === chosen[from]),
  );
}

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

function renamed([from, to]: Pair, order: readonly number[]): Pair {
  return [order[from] ?? 0, order[to] ?? 0];
}

function placeOf([from, to]: Pair, pairs: readonly Pair[]): number {
  return pairs.findIndex((pair) => pair[0] === from && pair[1] === to);
}
