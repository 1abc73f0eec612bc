import { shownNames } from "../report/words";
import { walk, type Trail } from "./walk";

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

/**
 * Everything that a server's zones flow to, by shortest paths. It knows what a text shows of a path: a chain of n
 * servers has n paths, too long to follow each one for that.
 */
export interface NetworkWalk {
  /** Names reached, nearest first, without the start. */
  readonly reached: readonly string[];
  readonly has: (name: string) => boolean;
  /** Returns the shortest path to a reached name, including the start. */
  readonly path: (name: string) => string[];
  /** Returns the number of names on that path, including the start; 0 if there is none. */
  readonly length: (name: string) => number;
  /** Returns the names of that path that a text shows: of a long path, the first and the last ones. */
  readonly ends: (name: string) => string[];
}

/** Walks from one server along feeding links. */
export function walkNetwork({ names, numberOf, fed }: Network, start: string): NetworkWalk {
  const first = numberOf(start);
  const trail = new NumberTrail(names.length);
  const reached = walk(first === -1 ? [] : [first], (number) => fed[number] as readonly number[], trail);
  const named = (numbers: readonly number[]): string[] => numbers.map((number) => names[number] as string);
  return {
    reached: named(reached.slice(1)),
    has: (name) => trail.length(numberOf(name)) > 1,
    path: (name) => named(trail.path(numberOf(name))),
    length: (name) => trail.length(numberOf(name)),
    ends: (name) => named(trail.ends(numberOf(name))),
  };
}

/** Half of the names shown of a path are its first ones. */
const half = shownNames / 2;

/** A trail in plain numbers, because every server is walked from. */
class NumberTrail implements Trail<number> {
  private readonly befores: Int32Array;
  /** Count of the numbers on the path to each one; 0 if it is not reached. */
  private readonly lengths: Int32Array;
  /** Last of the first numbers on the path to each one. */
  private readonly turns: Int32Array;

  constructor(size: number) {
    this.befores = new Int32Array(size).fill(-1);
    this.lengths = new Int32Array(size);
    this.turns = new Int32Array(size);
  }

  has(number: number): boolean {
    return this.lengths[number] !== 0;
  }

  set(number: number, before = -1): void {
    const length = this.length(before) + 1;
    this.befores[number] = before;
    this.lengths[number] = length;
    this.turns[number] = length <= half ? number : this.turns[before]!;
  }

  length(number: number): number {
    return this.lengths[number] ?? 0;
  }

  path(number: number, most?: number): number[] {
    return pathTo(number, this.befores, most);
  }

  ends(number: number): number[] {
    if (this.length(number) <= shownNames) return this.path(number);
    return [...this.path(this.turns[number]!), ...this.path(number, half)];
  }
}

/** Follows a path back to where it began, and returns it or only its last numbers. */
export function pathTo(number: number, befores: Int32Array, most = Infinity): number[] {
  const path: number[] = [];
  for (let step = number; step !== -1 && path.length < most; step = befores[step] as number) path.push(step);
  return path.reverse();
}
