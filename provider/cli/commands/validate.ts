import {
  classify,
  isRejected,
  renderMarkdown,
  renderTopology,
  reportFindings,
  verdictWords,
  type Finding,
} from "../../topology";
import { exitCodes, type ExitCode } from "../exit-codes";
import { readTopologyFile, type JudgedTopology } from "../read-topology-file";
import { nameOf } from "../read-text";
import { printable, printJson, printLines, type Colours, type Streams } from "../streams";

/** What `whm-dns validate` is told. */
export interface ValidateOptions {
  /** Print data only. */
  readonly json?: boolean;
  /** Print a page for a comment of a pull request. */
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
  { output, colours }: Streams,
): void {
  if (json) printJson(output, verdictData(judged));
  else if (markdown) printLines(output, renderMarkdown(judged.topology, { name }));
  else printLines(output, verdictText(name, judged, colours));
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

function verdictText(name: string, { topology, findings }: JudgedTopology, colours: Colours): string {
  const [verdict, ...details] = verdictWords(topology, findings);
  const colour = isRejected(findings) ? colours.red : colours.green;
  const [, ...lines] = printable(reportFindings(findings, "")).split("\n");
  const drawing = printable(renderTopology(topology, "text"));
  return [
    `${printable(name)}: ${[colour(verdict), ...details].join(", ")}`,
    ...lines.map((line) => withColouredSeverity(line, colours)),
    "",
    drawing,
  ].join("\n");
}

function withColouredSeverity(line: string, colours: Colours): string {
  return line
    .replace(/^( *)(error:)/, (_all, indent: string, word: string) => indent + colours.red(word))
    .replace(/^( *)(warning:)/, (_all, indent: string, word: string) => indent + colours.yellow(word));
}
