import type { TopologyInput } from "../schema/topology";
import type { Finding } from "./finding";
import { overrideText, placeText } from "./finding-text";
import { buildGraph } from "./graph";
import { unlinkedServers } from "./parts";
import { readTopology } from "./read-topology";
import { prepareDrawing } from "./render/drawing";
import { renderText } from "./render/text";
import { errorsAmong } from "./validate";

/**
 * All findings as plain text: the headline, one line a finding that ends in the rule's id, and a drawing of the
 * offending part when the topology is given.
 */
export function reportFindings(
  findings: readonly Finding[],
  headline: string,
  topology?: TopologyInput,
): string {
  const lines = findings.map((finding) => `  ${findingText(finding)}`);
  const drawing = topology && findings.length > 0 ? drawOffending(findings, topology) : [];
  return [headline, ...lines, ...drawing].join("\n");
}

/** One finding in one line. */
export function findingText(finding: Finding): string {
  const { rule, severity, message, fix } = finding;
  return `${severity}: ${placeText(finding)}: ${message} ${fix}${overrideText(finding)} via: ${rule}`;
}

/** More lines than this push the findings themselves off the screen. */
const mostLines = 60;

function drawOffending(findings: readonly Finding[], topology: TopologyInput): string[] {
  const errors = errorsAmong(findings);
  const offending = errors.length > 0 ? errors : findings;
  const names = new Set(
    offending.flatMap(({ servers, link }) => (link ? [...servers, link.from, link.to] : servers)),
  );
  const declared = readTopology(topology);
  const drawing = prepareDrawing(buildGraph(declared, unlinkedServers(declared)), findings, names);
  const lines = renderText(drawing).split("\n");
  const cut = lines.length > mostLines ? [...lines.slice(0, mostLines), "..."] : lines;
  return ["", ...cut.map((line) => (line ? `  ${line}` : line))];
}
