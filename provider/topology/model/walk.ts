/** Where a walk notes which nodes it has reached, and from where. A `Map` can be one. */
export interface Trail<Node> {
  has(node: Node): boolean;
  /** @param before undefined at a starting point */
  set(node: Node, before: Node | undefined): unknown;
}

/**
 * Walks breadth first, by shortest paths. Among paths of equal length the first neighbour wins, so neighbours in a fixed
 * order always give the same paths.
 *
 * @param next neighbours of a node
 * @param trail what is on it already is not walked to again
 * @returns nodes reached, nearest first, the starting points among them
 */
export function walk<Node>(
  starts: readonly Node[],
  next: (node: Node) => readonly Node[],
  trail: Trail<Node> = new Map<Node, Node | undefined>(),
): Node[] {
  const reached: Node[] = [];
  const reach = (nodes: readonly Node[], before?: Node): void => {
    for (const node of nodes) {
      if (trail.has(node)) continue;
      trail.set(node, before);
      reached.push(node);
    }
  };
  reach(starts);
  for (const node of reached) reach(next(node), node);
  return reached;
}
