import {
  classify,
  isRejected,
  renderTopology,
  reportFindings,
  validateTopology,
  type Finding,
  type Topology,
} from "../../index";
import { readTopologyFile } from "../read-topology-file";
import { exitCodes, type ExitCode, type Streams } from "../streams";

/** Judges a topology file; with `--json` it prints data and nothing else. */
export async function validate(
  file: string,
  options: { json?: boolean },
  streams: Streams,
): Promise<ExitCode> {
  const topology = await readTopologyFile(file, streams.stdin);
  const findings = validateTopology(topology);
  const accepted = !isRejected(findings);
  streams.out(options.json ? asJson(topology, findings, accepted) : asText(topology, findings, accepted));
  return accepted ? exitCodes.accepted : exitCodes.rejected;
}

function asJson(topology: Topology, findings: Finding[], accepted: boolean): string {
  const complete = findings.map((finding) => ({ ...finding, link: finding.link ?? null }));
  return `${JSON.stringify({ accepted, shape: classify(topology), findings: complete }, null, 2)}\n`;
}

function asText(topology: Topology, findings: Finding[], accepted: boolean): string {
  const headline = `${accepted ? "accepted" : "rejected"}${countsOf(findings)}`;
  return `${reportFindings(findings, headline)}\n\n${renderTopology(topology, "text")}\n`;
}

function countsOf(findings: Finding[]): string {
  const counts = (["error", "warning"] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? "" : "s"}`];
  });
  return counts.length === 0 ? "" : `: ${counts.join(", ")}`;
}
