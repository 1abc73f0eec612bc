import type { TopologyInput } from "../schema/topology";

/** Whether two topologies say the same, in whatever order their keys are; lists are compared as they stand. */
export function isSameTopology(left: TopologyInput, right: TopologyInput): boolean {
  return canonicalText(left) === canonicalText(right);
}

function canonicalText(topology: TopologyInput): string {
  return JSON.stringify(topology, (_key, value: unknown) => withSortedKeys(value));
}

function withSortedKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
