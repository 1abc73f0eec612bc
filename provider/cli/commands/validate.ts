import {
  classify,
  drainSentences,
  findingLines,
  idleAllowances,
  isRejected,
  renderMarkdown,
  renderTopology,
  verdictWords,
  wrapLines,
  type Finding,
} from "../../topology";
import { exitCodes, type ExitCode } from "../exit-codes";
import { readTopologyFile, type JudgedTopology } from "../read-topology-file";
import { nameOf } from "../read-text";
import { printable, printJson, printLines, withColouredSeverity, type Streams } from "../streams";

/** Options of `whm-dns validate`. */
export interface ValidateOptions {
  /** Print data only. */
  readonly json?: boolean;
  /** Print a page for a pull request comment. */
  readonly markdown?: boolean;
}

/** Judges a topology file: accepted or rejected, with every finding. */
export async function validate(file: string, options: ValidateOptions, streams: Streams): Promise<ExitCode> {
  const judged = await readTopologyFile(file, streams);
  print(nameOf(file), judged, options, streams);
  return isRejected(judged.findings) ? exitCodes.rejected : exitCodes.accepted;
}

function print(
  name: string,
  judged: JudgedTopology,
  { json, markdown }: ValidateOptions,
  { output, colours, columns }: Streams,
): void {
  if (json) printJson(output, verdictData(judged));
  else if (markdown) printLines(output, renderMarkdown(judged.topology, { name }));
  else printLines(output, verdictText(name, judged, { colours, columns }));
}

function verdictData({ topology, findings }: JudgedTopology): object {
  return {
    accepted: !isRejected(findings),
    shape: classify(topology),
    findings: findings.map(findingData),
  };
}

function findingData({ rule, severity, servers, link, message, fix, reason }: Finding): object {
  const data = { rule, severity, servers, link: link ?? null, message, fix };
  return reason === undefined ? data : { ...data, reason };
}

/** More lines than this don't fit a screen. */
const mostLines = 60;

function verdictText(
  name: string,
  { topology, findings }: JudgedTopology,
  { colours, columns }: Pick<Streams, "colours" | "columns">,
): string {
  const [verdict, ...details] = verdictWords(topology, findings);
  const colour = isRejected(findings) ? colours.red : colours.green;
  const now = Date.now();
  const sentences = [...drainSentences(topology, now), ...idleAllowances(topology, undefined, now)];
  const indented = sentences.map((sentence) => `  ${sentence}`);
  const lines = [...findingLines(findings, columns), ...wrapLines(indented, columns)].map(printable);
  const drawing = printable(renderTopology(topology, "text")).split("\n");
  return [
    `${printable(name)}: ${[colour(verdict), ...details].join(", ")}`,
    ...lines.map((line) => withColouredSeverity(line, colours)),
    "",
    ...cut(drawing, mostLines - lines.length - 2),
  ].join("\n");
}

/** Cuts the drawing, because findings matter more here. `whm-dns graph` draws a large topology whole. */
function cut(drawing: readonly string[], room: number): readonly string[] {
  if (drawing.length <= room) return drawing;
  return [...drawing.slice(0, Math.max(room - 1, 0)), "... `whm-dns graph` draws all of it."];
}
