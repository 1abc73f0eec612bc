import { boxColours, specialColour } from "./colours";
import { printable } from "./drawing";
import { markText, markTexts } from "./marks";
import { headingOf, namesTexts, type Arrow, type Box, type Change, type Picture } from "./picture";

/** Renders a Mermaid flowchart. Boxes get generated ids, so that any name will do. */
export function renderMermaid({ boxes, arrows, changes, overall }: Picture): string {
  const ids = new Map(boxes.map(({ names }, index) => [names[0], `s${index + 1}`]));
  const id = (name: string): string => ids.get(name) as string;
  const notes = [...(changes === undefined ? [] : [changes]), ...markTexts(overall)];
  return [
    "flowchart LR",
    ...boxes.map((box) => `  ${id(box.names[0])}${boxText(box)}`),
    ...arrows.map((arrow) => `  ${id(arrow.from)} ${arrowText(arrow)} ${id(arrow.to)}`),
    ...notes.map((note, index) => `  note${index + 1}>"${escaped(note)}"]`),
    ...arrows.flatMap(arrowStyle),
    ...boxes.map((box) => `  style ${id(box.names[0])} ${boxStyle(box)}`),
  ].join("\n");
}

function boxText(box: Box): string {
  const [open, close] = box.kind === "nameserver" ? ["([", "])"] : ["[", "]"];
  const lines = [
    withChange(headingOf(box), box.change),
    ...namesTexts(box),
    ...box.details,
    ...markTexts(box.findings),
  ];
  return `${open}"${lines.map(escaped).join("<br/>")}"${close}`;
}

function arrowText({ kind, label, findings, change }: Arrow): string {
  const line = kind === "sync" || kind === "write-only" ? "-->" : "-.->";
  const marks = findings.length > 0 ? ` (${markText(findings)})` : "";
  return `${line}|"${escaped(withChange(label, change) + marks)}"|`;
}

/** Adds a change in words: Mermaid takes a sign at the beginning for a list. */
function withChange(text: string, change: Change | undefined): string {
  return change === undefined ? text : `${text} (${change})`;
}

function arrowStyle(arrow: Arrow, index: number): string[] {
  const colour = specialColour(arrow);
  const dashed = arrow.change === "removed" ? ",stroke-dasharray:5" : "";
  return colour ? [`  linkStyle ${index} stroke:${colour},stroke-width:3px${dashed}`] : [];
}

function boxStyle(box: Box): string {
  const { fill, line } = boxColours[box.kind];
  const special = specialColour(box);
  const width = box.intermediary || special ? ",stroke-width:4px" : "";
  return `fill:${fill},color:#000,stroke:${special ?? line}${width}${dashes(box)}`;
}

/** Returns long dashes for what doesn't exist, short ones for what exists without links. */
function dashes({ kind, unlinked, change }: Box): string {
  if (kind === "not declared" || change === "removed") return ",stroke-dasharray:5";
  return unlinked ? ",stroke-dasharray:2" : "";
}

const entities: Readonly<Record<string, string>> = {
  "#": "#35;",
  "&": "#amp;",
  "<": "#lt;",
  ">": "#gt;",
  '"': "#quot;",
  "`": "#96;",
  "%": "#37;",
};

/**
 * Escapes text for Mermaid, which reads its own form of HTML entities inside quotes. A backquote would begin Markdown,
 * and two percent signs a directive, which Mermaid looks for everywhere.
 */
function escaped(text: string): string {
  return printable(text).replace(/[#&<>"`%]/g, (character) => entities[character] ?? character);
}
