import type { Walk } from "./walk";
import { shownNames } from "../report/words";

/** Feeding links between numbers instead of names. Walks from every server would be slow on names. */
export interface Network {
  readonly names: readonly string[];
  /** Returns the number of a name; -1 if it is unknown. */
  readonly numberOf: (name: string) => number;
  /** Numbers of the servers that each server feeds, in a fixed order. */
  readonly fed: readonly (readonly number[])[];
}

/** Numbers the names and the links between them. */
export function buildNetwork(
  names: readonly string[],
  fedFrom: (name: string) => readonly string[],
): Network {
  const numbers = new Map(names.map((name, number) => [name, number]));
  const numberOf = (name: string): number => numbers.get(name) ?? -1;
  return { names, numberOf, fed: names.map((name) => fedFrom(name).map(numberOf)) };
}

/** A walk that knows what a text shows of a path. A chain of n servers has n paths, too long to walk each one for that. */
export interface NetworkWalk extends Walk {
  /** Returns the number of names on the shortest path to a name, including the start; 0 if there is none. */
  readonly length: (name: string) => number;
  /** Returns the names of that path that a text shows: of a long path, the first and the last ones. */
  readonly ends: (name: string) => string[];
}

/** Half of the names shown of a path are its first ones. */
const half = shownNames / 2;

/** Walks from one server along feeding links, like `walk`. */
export function walkNetwork({ names, numberOf, fed }: Network, start: string): NetworkWalk {
  const first = numberOf(start);
  const parents = new Int32Array(names.length).fill(-1);
  const lengths = new Int32Array(names.length);
  /** Last of the first names on the path to each number. */
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

/** Returns a path, or only its last numbers. */
function pathTo(number: number, parents: Int32Array, most = Infinity): number[] {
  const path: number[] = [];
  for (let step = number; step !== -1 && path.length < most; step = parents[step] as number) path.push(step);
  return path.reverse();
}
