import type { Audit } from "../../survey";
import { asManyAsFit, inWords, table } from "../../topology";
import { groupAlike, type AlikeDifferences } from "./alike";
import { differencesOf, verdictOf } from "./audit-data";

// A comment or an issue on GitHub holds 65,536 characters, and a pipeline may add its own text.
const room = { differences: 40_000, unreadable: 10_000 };

/** Writes a Markdown page: the verdict, a table of what differs with the way out, and what could not be read. */
export function auditMarkdown(name: string, audit: Audit): string {
  const groups = groupAlike(differencesOf(audit));
  return [
    `## ${inWords(`${name}: ${verdictOf(audit)}`)}`,
    ...differencesTable(groups),
    ...unreadableTable(audit),
  ].join("\n\n");
}

function differencesTable(groups: readonly AlikeDifferences[]): string[] {
  const rows = groups.map(cellsOf);
  const head = ["server", "kind", "declared", "actual", "what differs", "the way out"];
  return tableOf(head, rows, room.differences);
}

function cellsOf({ first, servers, others }: AlikeDifferences): string[] {
  const { server, kind, declared, actual, message, fix } = first;
  const place = servers.length > 1 ? `${servers.length} servers` : server;
  const said = others === undefined ? message : `${message} ${others}`;
  const cells = [declared ?? "", actual ?? "", said, fix].map(inWords);
  return [inWords(place), `\`${kind}\``, ...cells];
}

function unreadableTable({ unreadable }: Audit): string[] {
  const rows = [...unreadable].map((row) => row.map(inWords));
  return tableOf(["server", "why it can't be read"], rows, room.unreadable);
}

function tableOf(head: string[], rows: readonly string[][], characters: number): string[] {
  if (rows.length === 0) return [];
  const { shown, left } = asManyAsFit(rows, characters);
  const more = left > 0 ? [`And ${left} more: \`whm-dns audit\` lists them all.`] : [];
  return [table(head, shown), ...more];
}
