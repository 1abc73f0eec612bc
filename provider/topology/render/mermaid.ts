import type { Finding } from "../finding";
import { kindText, markText, printable, type Drawing } from "./drawing";

/** A Mermaid flowchart, for pages that draw it. Servers get ids of their own, so that any name will do. */
export function renderMermaid(drawing: Drawing): string {
  const names = [...drawing.servers.map(({ name }) => name), ...drawing.unknown];
  const ids = new Map(names.map((name, index) => [name, `s${index + 1}`]));
  const id = (name: string): string => ids.get(name) ?? "";
  const edges = edgesOf(drawing);
  return [
    "flowchart LR",
    ...names.map((name) => `  ${id(name)}${nodeText(name, drawing)}`),
    ...edges.map(({ from, to, line, text }) => `  ${id(from)} ${line}|"${escaped(text)}"| ${id(to)}`),
    ...edges.flatMap(({ findings }, index) => edgeStyle(findings, index)),
    ...nodeStyles(names, drawing, id),
  ].join("\n");
}

interface Edge {
  from: string;
  to: string;
  line: string;
  text: string;
  findings: readonly Finding[];
}

function edgesOf({ links, trusts, findingsOn }: Drawing): Edge[] {
  const drawnLinks = links.map(({ from, to, role }) => {
    const findings = findingsOn(from, to);
    return {
      from,
      to,
      line: role === "standalone" ? "-.->" : "-->",
      text: withMarks(role, findings),
      findings,
    };
  });
  const drawnTrusts = trusts.map(({ server, peer }) => {
    const findings = findingsOn(peer, server);
    return { from: peer, to: server, line: "-.->", text: withMarks("trusts", findings), findings };
  });
  return [...drawnLinks, ...drawnTrusts];
}

function withMarks(text: string, findings: readonly Finding[]): string {
  return findings.length > 0 ? `${text} (${markText(findings)})` : text;
}

function nodeText(name: string, { graph }: Drawing): string {
  const server = graph.servers.get(name);
  const [open, close] = server?.nameserver ? ["([", "])"] : ["[", "]"];
  return `${open}"${escaped(name)}<br/>${escaped(server ? kindText(server, graph) : "not declared")}"${close}`;
}

function edgeStyle(findings: readonly Finding[], index: number): string[] {
  if (findings.length === 0) return [];
  return [`  linkStyle ${index} stroke:${findings.some(isError) ? "#c0392b" : "#d68910"}`];
}

function nodeStyles(names: readonly string[], drawing: Drawing, id: (name: string) => string): string[] {
  const rejected = names.filter((name) => drawing.findingsAt(name).some(isError));
  return rejected.map((name) => `  style ${id(name)} stroke:#c0392b`);
}

function isError(finding: Finding): boolean {
  return finding.severity === "error";
}

const entities: Readonly<Record<string, string>> = {
  "#": "#35;",
  "&": "#amp;",
  "<": "#lt;",
  ">": "#gt;",
  '"': "#quot;",
  "`": "#96;",
};

/** Mermaid reads its own spelling of HTML entities inside quotes; a backquote would begin Markdown. */
function escaped(text: string): string {
  return printable(text).replace(/[#&<>"`]/g, (character) => entities[character] ?? character);
}
