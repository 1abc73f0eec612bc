import type { TopologyComparison } from "../model/compare";
import { attributeText, changeCounts } from "./changes";
import { printable, serverText } from "./drawing";
import type { Drawing } from "./drawing-type";
import { signOf } from "./picture";
import { renderText, section } from "./text";

/** Draws for a terminal: the changes, one line each, then the topology after the change. */
export function renderTextChanges(before: Drawing, after: Drawing, comparison: TopologyComparison): string {
  const changes = changeLines(before, after, comparison);
  return [
    changeCounts(comparison),
    ...section("servers", changes.servers),
    ...section("links", changes.links),
    ...section("trust", changes.trust),
    "",
    "the topology after them:",
    "",
    renderText(after),
  ].join("\n");
}

/** Lists the changes, one line each, with their signs. */
export function changeLines(
  before: Drawing,
  after: Drawing,
  comparison: TopologyComparison,
): Readonly<Record<"servers" | "links" | "trust", readonly string[]>> {
  return {
    servers: serverLines(before, after, comparison),
    links: linkLines(comparison),
    trust: trustLines(comparison),
  };
}

function serverLines(before: Drawing, after: Drawing, { servers }: TopologyComparison): string[] {
  return [
    ...servers.added.map((name) => `${signOf("added")}${serverText(name, after.graph)}`),
    ...servers.removed.map((name) => `${signOf("removed")}${serverText(name, before.graph)}`),
    ...servers.changed.map(
      ({ name, attributes }) =>
        `${signOf("changed")}${printable(name)}: ${printable(attributes.map(attributeText).join(", "))}`,
    ),
  ];
}

function linkLines({ links }: TopologyComparison): string[] {
  const ends = ({ from, to }: { from: string; to: string }): string => printable(`${from} -> ${to}`);
  return [
    ...links.added.map((link) => `${signOf("added")}${ends(link)} (${link.role})`),
    ...links.removed.map((link) => `${signOf("removed")}${ends(link)} (${link.role})`),
    ...links.changed.map((link) => `${signOf("changed")}${ends(link)}: role ${link.before} => ${link.after}`),
  ];
}

function trustLines({ trusts }: TopologyComparison): string[] {
  const text = ({ server, peer }: { server: string; peer: string }): string =>
    printable(`${peer} trusts ${server}`);
  return [
    ...trusts.added.map((trust) => `${signOf("added")}${text(trust)}`),
    ...trusts.removed.map((trust) => `${signOf("removed")}${text(trust)}`),
  ];
}
