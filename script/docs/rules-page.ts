import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseTopology } from "../../provider/schema";
import {
  findingText,
  renderTopology,
  rules,
  validateTopology,
  type Finding,
  type Rule,
} from "../../provider/topology";
import { guideLines } from "./guide-lines";
import { block, table } from "./markdown";

/** The page docs/rules.md: the table of rules, then a section for each, with the example that lies in docs/rules/. */
export function rulesPage(): string {
  const lines = [
    "# The link rules",
    "",
    "<!-- Written by `npm run docs` from provider/topology/rules and docs/rules: change those and run it again. -->",
    "",
    ...introduction,
    "",
    ...overview(),
    "",
    ...rules.flatMap(section),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

const introduction = [
  "What a topology of a DNS cluster has to keep to, from cPanel's Guide to DNS Cluster Configurations and from how WHM works.",
  "An `error` rejects the plan before anything changes, a `warning` is shown and passes. All findings are reported at once.",
  "A rule that is not fixed can be set to `error`, `warning` or `off`, with a reason that is printed with its findings.",
  "",
  "Each example is a file of its own: `whm-dns validate docs/rules/sync-back.yaml`, `whm-dns graph docs/rules/sync-back.yaml`.",
];

function overview(): string[] {
  const rows = rules.map((rule) => [`[\`${rule.id}\`](#${rule.id})`, standing(rule), rule.summary]);
  return table(["rule", "severity", "what it rejects or reports"], rows);
}

function section(rule: Rule): string[] {
  return [
    `## ${rule.id}`,
    "",
    `${rule.summary} **${standing(rule)}**, judged ${judged[rule.scope]}.`,
    "",
    `**Consequence.** ${rule.consequence}`,
    "",
    ...example(rule),
    "",
    ...source(rule),
    "",
    ...override(rule),
    "",
  ];
}

function standing({ severity, fixed }: Rule): string {
  return fixed ? `${severity}, fixed` : severity;
}

const judged: Readonly<Record<Rule["scope"], string>> = {
  cluster: "within each cluster",
  everything: "once over everything that is declared",
};

function example({ id, example: inWords }: Rule): string[] {
  const text = readFileSync(join(__dirname, `../../docs/rules/${id}.yaml`), "utf8");
  const topology = parseTopology(parse(text));
  const findings = validateTopology(topology);
  return [
    `**Example**, [rules/${id}.yaml](rules/${id}.yaml): ${inWords}.`,
    "",
    ...block("yaml", text),
    "",
    ...block("mermaid", renderTopology(topology, "mermaid")),
    "",
    "It is reported as:",
    "",
    ...block(
      "text",
      findings
        .filter(({ rule }) => rule === id)
        .map((finding) => findingText(finding))
        .join("\n"),
    ),
    ...others(findings, id),
  ];
}

function others(findings: readonly Finding[], id: string): string[] {
  const ids = [...new Set(findings.map(({ rule }) => rule))].filter((rule) => rule !== id);
  return ids.length > 0
    ? ["", `The same file is also reported by ${ids.map((rule) => `[\`${rule}\`](#${rule})`).join(", ")}.`]
    : [];
}

function source({ guide, source: where }: Rule): string[] {
  const lines = guide.map((line) => `- ${line}: ${guideLines[line]}`);
  return [`**Source.** ${where}.`, ...(lines.length > 0 ? ["", ...lines] : [])];
}

function override({ id, fixed, severity }: Rule): string[] {
  if (fixed) return ["**Override.** None: the rule is fixed. Change the topology instead."];
  const other = severity === "error" ? "warning" : "off";
  return [
    "**Override.** In a topology file, or as `rules` of a `DnsCluster` or a `Provider`:",
    "",
    ...block("yaml", `rules:\n  ${id}: { severity: ${other}, reason: "why, and until when" }`),
  ];
}
