import type { TopologyInput } from "../../schema/topology";
import { groupAlike, groupByRule, type AlikeFindings } from "./alike";
import type { Finding } from "../judge/finding";
import { findingText, type ReportedFinding } from "./finding-text";
import { buildGraph } from "../model/graph";
import { unlinkedServers } from "../model/parts";
import { readTopology } from "../model/read-topology";
import { prepareDrawing } from "../render/drawing";
import { renderText } from "../render/text";
import { errorsAmong } from "../judge/validate";
import { wrapLines } from "./wrap-lines";

/**
 * Formats findings as plain text: the headline, one line for each finding or group of similar findings, ending in the
 * rule's id, and a drawing of the offending part if the topology is given.
 */
export function reportFindings(
  findings: readonly Finding[],
  headline: string,
  topology?: TopologyInput,
): string {
  const lines = [headline, ...findingLines(findings)];
  const drawing = topology && findings.length > 0 ? drawOffending(findings, topology) : [];
  return [...lines, ...cut(drawing, lines.length)].join("\n");
}

/**
 * Formats only the findings: one line for each, for each group of similar ones or, if there are too many, for each
 * rule. Breaks lines if the width of a terminal is given.
 */
export function findingLines(findings: readonly ReportedFinding[], width?: number): string[] {
  const byRule = fewerNames.map((most) => () => groupByRule(findings, most));
  const attempts = [() => groupAlike(findings), ...byRule].map((group) => () => linesOf(group(), width));
  let lines: string[] = [];
  for (const attempt of attempts) {
    lines = attempt();
    if (lines.length <= mostFindingLines) break;
  }
  return lines;
}

/** Numbers of servers to name for each rule, tried one after the other until the lines fit. */
const fewerNames = [60, 40, 20, 8];

function linesOf(groups: readonly AlikeFindings[], width: number | undefined): string[] {
  const lines = groups.map(({ first, others }) => `  ${findingText(first, others)}`);
  return wrapLines(lines, width);
}

/** More lines than this don't fit a screen. */
const mostLines = 60;

/** The other lines are for the drawing. */
const mostFindingLines = 45;

/** A drawing cut shorter than this shows nothing. */
const fewestLines = 12;

/** Cuts a drawing so that it fits a screen together with the lines above it. */
function cut(drawing: readonly string[], above: number): readonly string[] {
  const room = Math.max(mostLines - above, fewestLines);
  return drawing.length > room ? [...drawing.slice(0, room - 1), "  ..."] : drawing;
}

function drawOffending(findings: readonly Finding[], topology: TopologyInput): string[] {
  const errors = errorsAmong(findings);
  const offending = errors.length > 0 ? errors : findings;
  const names = new Set(
    offending.flatMap(({ servers, link }) => (link ? [...servers, link.from, link.to] : servers)),
  );
  const declared = readTopology(topology);
  const drawing = prepareDrawing(buildGraph(declared, unlinkedServers(declared)), findings, names);
  return [
    "",
    ...renderText(drawing)
      .split("\n")
      .map((line) => (line ? `  ${line}` : line)),
  ];
}
