import type { Walk } from "./walk";

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

/** A walk from one server along feeding links, as `walk` does it. */
export function walkNetwork({ names, numberOf, fed }: Network, start: string): Walk {
  const parents = new Int32Array(names.length).fill(-1);
  const first = numberOf(start);
  const queue = [first];
  for (const number of queue) {
    for (const next of fed[number] ?? []) {
      if (next === first || parents[next] !== -1) continue;
      parents[next] = number;
      queue.push(next);
    }
  }
  return {
    reached: queue.slice(1).map((number) => names[number] as string),
    has: (name) => (parents[numberOf(name)] ?? -1) !== -1,
    path: (name) => pathTo(numberOf(name), parents).map((number) => names[number] as string),
  };
}

function pathTo(number: number, parents: Int32Array): number[] {
  const path: number[] = [];
  for (let step = number; step !== -1; step = parents[step] as number) path.push(step);
  return path.reverse();
}
