import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseTopology } from "../../provider/schema";
import type { Topology } from "../../provider/schema/topology";
import {
  classify,
  isRejected,
  renderTopology,
  validateTopology,
  type Finding,
  type Severity,
} from "../../provider/topology";
import { block } from "./markdown";

const place = /^(<!-- drawing: (\S+) -->)[^]*?^(<!-- end of drawing -->)$/gm;

/** A page with its drawings and verdicts made anew: each stands below a comment that names its topology in docs/. */
export function withDrawings(page: string): string {
  return page.replace(place, (_all, begin: string, file: string, end: string) => {
    const topology = parseTopology(parse(readFileSync(join(__dirname, "../../docs", file), "utf8")));
    return [
      begin,
      "",
      ...block("mermaid", renderTopology(topology, "mermaid")),
      "",
      `Drawn from [${file}](${file}). ${verdict(topology)}`,
      "",
      end,
    ].join("\n");
  });
}

function verdict(topology: Topology): string {
  const findings = validateTopology(topology);
  const outcome = isRejected(findings) ? "rejected" : "accepted";
  const said = (["error", "warning"] as const).flatMap((severity) => rulesOf(findings, severity));
  return `**Verdict:** ${outcome}, shape \`${classify(topology)}\`${said.map((text) => `; ${text}`).join("")}.`;
}

function rulesOf(findings: readonly Finding[], severity: Severity): string[] {
  const found = findings.filter((finding) => finding.severity === severity);
  const rules = [...new Set(found.map(({ rule }) => rule))].map((rule) => `[\`${rule}\`](rules.md#${rule})`);
  return rules.length > 0 ? [`${severity} ${rules.join(", ")}`] : [];
}
