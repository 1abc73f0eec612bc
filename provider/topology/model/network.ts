import type { Walk } from "./walk";
import { shownNames } from "../report/words";

/** Feeding links between numbers instead of names: walks from every server would be slow on names. */
export interface Network {
  readonly names: readonly string[];
  /** The number of a name; -1 for a name that is not there. */
  readonly numberOf: (name: string) => number;
  /** Numbers of the servers that each server feeds, in a fixed order. */
  readonly fed: readonly (readonly number[])[];
}

/** Numbers names and the links between them. */
export function buildNetwork(
  names: readonly string[],
  fedFrom: (name: string) => readonly string[],
): Network {
  const numbers = new Map(names.map((name, number) => [name, number]));
  const numberOf = (name: string): number => numbers.get(name) ?? -1;
  return { names, numberOf, fed: names.map((name) => fedFrom(name).map(numberOf)) };
}

/** A walk that knows what a text shows of a path. A chain of n servers has n paths, too long to walk each whole for that. */
export interface NetworkWalk extends Walk {
  /** How many names the shortest path to a name has, starting point included; 0 where there is none. */
  readonly length: (name: string) => number;
  /** The names of that path which a text shows: of a long one the first and the last. */
  readonly ends: (name: string) => string[];
}

/** Of the names that are shown of a path one half are its first ones. */
const half = shownNames / 2;

/** A walk from one server along feeding links, as `walk` does it. */
export function walkNetwork({ names, numberOf, fed }: Network, start: string): NetworkWalk {
  const first = numberOf(start);
  const parents = new Int32Array(names.length).fill(-1);
  const lengths = new Int32Array(names.length);
  /** The last of the first names of the path to a number. */
  const turns = new Int32Array(names.length).fill(first);
  if (first !== -1) lengths[first] = 1;
  const queue = [first];
  for (const number of queue) {
    for (const next of fed[number] ?? []) {
      if (next === first || parents[next] !== -1) continue;
      parents[next] = number;
      lengths[next] = lengths[number]! + 1;
      turns[next] = lengths[next] <= half ? next : turns[number]!;
      queue.push(next);
    }
  }
  const named = (numbers: readonly number[]): string[] => numbers.map((number) => names[number] as string);
  const lengthTo = (number: number): number => lengths[number] ?? 0;
  const endsTo = (number: number): number[] => {
    if (lengthTo(number) <= shownNames) return pathTo(number, parents);
    return [...pathTo(turns[number]!, parents), ...pathTo(number, parents, half)];
  };
  return {
    reached: named(queue.slice(1)),
    has: (name) => (parents[numberOf(name)] ?? -1) !== -1,
    path: (name) => named(pathTo(numberOf(name), parents)),
    length: (name) => lengthTo(numberOf(name)),
    ends: (name) => named(endsTo(numberOf(name))),
  };
}

/** A path, or only the last ones of it. */
function pathTo(number: number, parents: Int32Array, most = Infinity): number[] {
  const path: number[] = [];
  for (let step = number; step !== -1 && path.length < most; step = parents[step] as number) path.push(step);
  return path.reverse();
}
