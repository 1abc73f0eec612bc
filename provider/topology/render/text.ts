import type { Link } from "../../schema/topology";
import type { Finding } from "../judge/finding";
import { groupBy } from "../model/group-by";
import type { ClusterServer } from "../model/server";
import { printable, serverText, titleText } from "./drawing";
import type { Drawing } from "./drawing-type";
import { markText, markTexts } from "./marks";
import { slowPathLines } from "./slow-paths";

/** Draws for a terminal: who feeds whom as a tree, then the trusts, then the slow paths. */
export function renderText(drawing: Drawing): string {
  return [
    titleText(drawing),
    ...markLines("! ", drawing.overall),
    ...belowBlankLine(trees(drawing)),
    ...section("trust", trustLines(drawing)),
    ...section("slow paths", slowPathLines(drawing)),
  ].join("\n");
}

/** A deeper tree would leave the terminal. What follows gets its own tree. */
const deepest = 6;

/** Width at which lines of findings are broken. */
const widest = 80;

interface Growth {
  readonly drawing: Drawing;
  readonly linksFrom: ReadonlyMap<string, readonly Link[]>;
  /** Servers drawn with everything below them. */
  readonly done: Set<string>;
  /** Servers that links lead to, in order of appearance. Some were too deep to be drawn there. */
  readonly met: string[];
}

function trees(drawing: Drawing): string[] {
  const linksFrom = groupBy(drawing.links, ({ from }) => from);
  const growth: Growth = { drawing, linksFrom, done: new Set(), met: [] };
  return [...rootsFirst(drawing), ...drawing.unknown].flatMap((root) => tree(root, growth));
}

/** Draws a tree. What is cut off comes next, before anything below it is taken for a root. */
function tree(root: string, growth: Growth): string[] {
  if (growth.done.has(root)) return [];
  const grown = [
    serverText(root, growth.drawing.graph),
    ...marksAt(root, "", growth),
    ...branches(root, "", growth),
  ];
  return [...grown, ...growth.met.splice(0).flatMap((name) => tree(name, growth))];
}

/** Lists the servers where zones start, then all others, in case no tree has reached them by then. */
function rootsFirst({ servers, graph }: Drawing): string[] {
  const isSource = ({ name }: ClusterServer): boolean => graph.feedersOf(name).length === 0;
  const order = [
    ...servers.filter((server) => isSource(server) && !server.nameserver),
    ...servers.filter((server) => isSource(server) && graph.fedFrom(server.name).length > 0),
    ...servers,
  ];
  return [...new Set(order.map(({ name }) => name))];
}

function branches(name: string, indent: string, growth: Growth): string[] {
  growth.done.add(name);
  const links = growth.linksFrom.get(name) ?? [];
  return links.flatMap((link, index) => branch(link, indent, index === links.length - 1, growth));
}

function branch(link: Link, indent: string, last: boolean, growth: Growth): string[] {
  const { drawing, linksFrom, done, met } = growth;
  const below = `${indent}${last ? "    " : "│   "}`;
  const arrow = link.role === "standalone" ? "standalone ╌╌>" : `${link.role} ──>`;
  const grown = done.has(link.to);
  const tooDeep = below.length >= deepest * 4 && linksFrom.has(link.to);
  met.push(link.to);
  const elsewhere = linksFrom.has(link.to) && (grown ? ", see above" : tooDeep && ", see below");
  return [
    `${indent}${last ? "└──" : "├──"} ${arrow} ${serverText(link.to, drawing.graph)}${elsewhere || ""}`,
    ...markLines(`${below}! `, drawing.findingsOn(link.from, link.to)),
    ...(grown || tooDeep ? [] : [...marksAt(link.to, below, growth), ...branches(link.to, below, growth)]),
  ];
}

function marksAt(name: string, indent: string, { drawing }: Growth): string[] {
  return markLines(`${indent}! ${printable(name)}: `, drawing.findingsAt(name));
}

/** Returns one line if it is short, else one line for each finding. */
function markLines(before: string, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const line = before + markText(findings);
  return line.length <= widest ? [line] : markTexts(findings).map((mark) => before + mark);
}

function trustLines({ trusts, findingsOnTrust }: Drawing): string[] {
  return trusts.map((trust) => {
    const marks = markText(findingsOnTrust(trust));
    return `${printable(trust.peer)} trusts ${printable(trust.server)}${marks && `  ! ${marks}`}`;
  });
}

/** Returns a titled list below a blank line; nothing if it is empty. */
export function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? belowBlankLine([`${title}:`, ...lines.map((line) => `  ${line}`)]) : [];
}

function belowBlankLine(lines: readonly string[]): string[] {
  return lines.length > 0 ? ["", ...lines] : [];
}
