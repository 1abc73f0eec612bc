import { classify, isRejected, renderTopology, reportFindings, type Finding } from "../../topology";
import { exitCodes, type ExitCode } from "../exit-codes";
import { readTopologyFile, type JudgedTopology } from "../read-topology-file";
import { nameOf } from "../read-text";
import { printable, printJson, printLines, type Colours, type Streams } from "../streams";

/** What `whm-dns validate` is told. */
export interface ValidateOptions {
  /** Print data only. */
  readonly json?: boolean;
}

/** Judges a topology file: accepted or rejected, with every finding. */
export async function validate(file: string, { json }: ValidateOptions, streams: Streams): Promise<ExitCode> {
  const judged = await readTopologyFile(file, streams);
  const rejected = isRejected(judged.findings);
  if (json) printJson(streams.output, verdictData(judged));
  else printLines(streams.output, verdictText(nameOf(file), judged, streams.colours));
  return rejected ? exitCodes.rejected : exitCodes.accepted;
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
  const verdict = isRejected(findings) ? colours.red("rejected") : colours.green("accepted");
  const headline = [verdict, `shape ${classify(topology) ?? "none"}`, ...counts(findings)].join(", ");
  const [, ...lines] = printable(reportFindings(findings, "")).split("\n");
  const drawing = printable(renderTopology(topology, "text"));
  return [
    `${printable(name)}: ${headline}`,
    ...lines.map((line) => withColouredSeverity(line, colours)),
    "",
    drawing,
  ].join("\n");
}

function counts(findings: readonly Finding[]): string[] {
  return (["error", "warning"] as const)
    .map((severity) => ({
      severity,
      count: findings.filter((finding) => finding.severity === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? "" : "s"}`);
}

function withColouredSeverity(line: string, colours: Colours): string {
  return line
    .replace(/^( *)(error:)/, (_all, indent: string, word: string) => indent + colours.red(word))
    .replace(/^( *)(warning:)/, (_all, indent: string, word: string) => indent + colours.yellow(word));
}
