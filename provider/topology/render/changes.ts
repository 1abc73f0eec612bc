import type { ChangedAttribute, TopologyComparison } from "../model/compare";
import type { Arrow, Box, Picture } from "./picture";

/** Counts the changes, in one line. */
export function changeCounts({ servers, links, trusts }: TopologyComparison): string {
  const counts: [string, number][] = [
    ["added", servers.added.length + links.added.length + trusts.added.length],
    ["removed", servers.removed.length + links.removed.length + trusts.removed.length],
    ["changed", servers.changed.length + links.changed.length],
  ];
  const words = counts.filter(([, count]) => count > 0).map(([word, count]) => `${count} ${word}`);
  return words.length > 0 ? words.join(", ") : "no change in servers, links, roles and trusts";
}

/** For example `address 192.0.2.53 => 192.0.2.60`. */
export function attributeText({ attribute, before, after }: ChangedAttribute): string {
  return `${attribute} ${before ?? "not given"} => ${after ?? "not given"}`;
}

/** Draws a topology with everything that was added, removed or changed compared with another one. */
export function changedPicture(before: Picture, after: Picture, comparison: TopologyComparison): Picture {
  return {
    ...after,
    boxes: changedBoxes(before, after, comparison),
    arrows: changedArrows(before, after, comparison),
    changes: changeCounts(comparison),
  };
}

function changedBoxes(before: Picture, after: Picture, { servers }: TopologyComparison): Box[] {
  const added = new Set(servers.added);
  const removed = new Set(servers.removed);
  const changed = new Map(servers.changed.map(({ name, attributes }) => [name, attributes]));
  const drawn = after.boxes.map((box): Box => {
    const [name] = box.names;
    if (added.has(name)) return { ...box, change: "added" };
    if (removed.has(name)) return { ...box, change: "removed" };
    const attributes = changed.get(name);
    if (!attributes) return box;
    return { ...box, change: "changed", details: [...box.details, ...attributes.map(attributeText)] };
  });
  const names = new Set(after.boxes.map((box) => box.names[0]));
  const gone = before.boxes.filter((box) => !names.has(box.names[0]));
  return [...drawn, ...gone.map((box) => ({ ...asGone(box), details: box.details.slice(0, 1) }))];
}

function changedArrows(before: Picture, after: Picture, { links, trusts }: TopologyComparison): Arrow[] {
  const added = new Set([...links.added.map(linkKey), ...trusts.added.map(trustKey)]);
  const removed = new Set([...links.removed.map(linkKey), ...trusts.removed.map(trustKey)]);
  const changed = new Map(links.changed.map((link) => [linkKey({ ...link, role: link.after }), link]));
  const drawn = after.arrows.map((arrow): Arrow => {
    if (added.has(arrowKey(arrow))) return { ...arrow, change: "added" };
    const link = changed.get(arrowKey(arrow));
    return link ? { ...arrow, change: "changed", label: `${link.before} => ${link.after}` } : arrow;
  });
  return [...drawn, ...before.arrows.filter((arrow) => removed.has(arrowKey(arrow))).map(asGone)];
}

/** Removes findings: what is gone has none. */
function asGone<Item extends Box | Arrow>(item: Item): Item {
  return { ...item, change: "removed", findings: [] };
}

const arrowKey = ({ from, to, kind }: Pick<Arrow, "from" | "to" | "kind">): string =>
  JSON.stringify([from, to, kind]);
const linkKey = ({ from, to, role }: Pick<Arrow, "from" | "to"> & { role: Arrow["kind"] }): string =>
  arrowKey({ from, to, kind: role });
const trustKey = ({ server, peer }: { server: string; peer: string }): string =>
  arrowKey({ from: peer, to: server, kind: "trusts" });
