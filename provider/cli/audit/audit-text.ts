import type { Audit } from "../../survey";
import { wrapLines } from "../../topology";
import { printable, type Colours, type Streams } from "../streams";
import { groupAlike, type AlikeDifferences } from "./alike";
import { differencesOf, verdictOf } from "./audit-data";

/** Formats an audit for people: the verdict, then what differs on each server, with the way out. */
export function auditText(
  name: string,
  audit: Audit,
  { colours, columns }: Pick<Streams, "colours" | "columns">,
): string[] {
  const verdict = verdictOf(audit);
  if (verdict.startsWith("clean:")) return [colours.green(printable(verdict))];
  const groups = groupAlike(differencesOf(audit));
  const blocks = [...blocksOf(groups), ...unreadableBlock(audit)];
  return [
    `${printable(name)}: ${colours.red(verdict)}`,
    ...blocks.flatMap(({ title, lines }) => ["", heading(title, colours), ...wrapped(lines, columns)]),
  ];
}

/** Lines under a title. */
interface Block {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Makes a block for what several servers have alike, and one for each server with something of its own. */
function blocksOf(groups: readonly AlikeDifferences[]): Block[] {
  const blocks = new Map<string, string[]>();
  for (const group of groups) {
    const title = group.servers.length > 1 ? "several servers" : group.first.server;
    blocks.set(title, [...(blocks.get(title) ?? []), ...linesOf(group)]);
  }
  return [...blocks].map(([title, lines]) => ({ title, lines }));
}

function linesOf({ first: { kind, message, fix }, others }: AlikeDifferences): string[] {
  return [`  ${message} [${kind}]`, ...(others === undefined ? [] : [`    ${others}`]), `    ${fix}`];
}

function unreadableBlock({ unreadable }: Audit): Block[] {
  const lines = [...unreadable].map(([, message]) => `  ${message}`);
  return lines.length === 0 ? [] : [{ title: "not read", lines }];
}

function heading(title: string, colours: Colours): string {
  return colours.bold(printable(title));
}

function wrapped(lines: readonly string[], columns: number | undefined): string[] {
  return wrapLines(lines.map(printable), columns);
}
