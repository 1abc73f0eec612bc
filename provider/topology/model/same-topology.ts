import type { TopologyInput } from "../../schema/topology";

/** Whether two topologies are equal, whatever the order of their keys. The order of lists counts. */
export function isSameTopology(left: TopologyInput, right: TopologyInput): boolean {
  return canonicalText(left) === canonicalText(right);
}

/** Returns a short mark of a topology and how it is judged. */
export function topologyMark(judged: { topology: TopologyInput; linkByLink?: true | undefined }): string {
  const { topology, linkByLink } = judged;
  return textMark(`${linkByLink === true} ${canonicalText(topology)}`);
}

/** Returns a short mark of a text. Other texts have other marks, save for a chance in millions. */
export function textMark(text: string): string {
  return [0x811c9dc5, 0x1b873593].map((seed) => hash(text, seed).toString(36)).join("");
}

/** FNV-1a: enough to detect an intentional change. */
function hash(text: string, seed: number): number {
  let value = seed;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}

function canonicalText(topology: TopologyInput): string {
  return JSON.stringify(topology, (_key, value: unknown) => withSortedKeys(value));
}

function withSortedKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
