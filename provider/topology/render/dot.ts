import type { Finding } from "../finding";
import { kindText, markText, printable, type Drawing } from "./drawing";

/** A Graphviz graph. */
export function renderDot(drawing: Drawing): string {
  const names = [...drawing.servers.map(({ name }) => name), ...drawing.unknown];
  return [
    "digraph cluster {",
    "  rankdir=LR;",
    '  node [fontname="sans-serif", shape=box];',
    '  edge [fontname="sans-serif", fontsize=10];',
    ...names.map((name) => `  ${nodeText(name, drawing)}`),
    ...drawing.links.map(({ from, to, role }) => edgeText(drawing, { from, to, text: role })),
    ...drawing.trusts.map(({ server, peer }) =>
      edgeText(drawing, { from: peer, to: server, text: "trusts" }),
    ),
    "}",
  ].join("\n");
}

interface Edge {
  from: string;
  to: string;
  text: string;
}

function nodeText(name: string, { graph, findingsAt }: Drawing): string {
  const server = graph.servers.get(name);
  const kind = server ? kindText(server, graph) : "not declared";
  const shape = server?.nameserver ? ", style=rounded" : "";
  return `${quoted([name])} [label=${quoted([name, kind])}${shape}${colour(findingsAt(name))}];`;
}

function edgeText({ findingsOn }: Drawing, { from, to, text }: Edge): string {
  const findings = findingsOn(from, to);
  const label = findings.length > 0 ? [text, markText(findings)] : [text];
  const style = text === "sync" || text === "write-only" ? "" : ", style=dashed";
  return `  ${quoted([from])} -> ${quoted([to])} [label=${quoted(label)}${style}${colour(findings)}];`;
}

function colour(findings: readonly Finding[]): string {
  if (findings.length === 0) return "";
  return findings.some(({ severity }) => severity === "error") ? ', color="#c0392b"' : ', color="#d68910"';
}

/** Lines as one quoted text. Graphviz reads HTML entities in labels, so an ampersand that looks like one is escaped. */
function quoted(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    printable(line)
      .replace(/&(?=#?\w+;)/g, "&amp;")
      .replace(/[\\"]/g, "\\$&"),
  );
  return `"${escaped.join("\\n")}"`;
}
