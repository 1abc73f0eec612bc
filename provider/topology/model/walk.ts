/** Everything that can be reached from some starting points, by shortest paths. */
export interface Walk {
  /** Names reached, nearest first, without the starting points. */
  readonly reached: readonly string[];
  readonly has: (name: string) => boolean;
  /** Returns the shortest path to a reached name, including the starting point. */
  readonly path: (name: string) => string[];
}

/**
 * Walks breadth first. Among paths of equal length the first neighbour wins, so neighbours in a fixed order always give
 * the same paths.
 *
 * @param next neighbours of a name
 */
export function walk(starts: readonly string[], next: (name: string) => readonly string[]): Walk {
  const parents = new Map<string, string | undefined>(starts.map((start) => [start, undefined]));
  const queue = [...starts];
  for (const name of queue) {
    for (const neighbour of next(name)) {
      if (parents.has(neighbour)) continue;
      parents.set(neighbour, name);
      queue.push(neighbour);
    }
  }
  const reached = queue.slice(starts.length);
  return { reached, has: (name) => parents.get(name) !== undefined, path: (name) => pathTo(name, parents) };
}

function pathTo(name: string, parents: ReadonlyMap<string, string | undefined>): string[] {
  const path: string[] = [];
  for (let step: string | undefined = name; step !== undefined; step = parents.get(step)) path.push(step);
  return path.reverse();
}
