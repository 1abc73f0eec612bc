import type { StatusFinding } from "../../survey";
import { inReadingOrder, wrapLines } from "../../topology";
import { printable, withColouredSeverity, type Colours } from "../streams";

/** More findings of one kind than this are combined into one line. */
const mostOfAKind = 4;
/** More places than this are only counted. */
const mostPlaces = 20;

/** Formats findings for people: one line each, or one for many of a kind. */
export function findingLines(
  findings: readonly StatusFinding[],
  { colours, columns }: { colours: Colours; columns: number | undefined },
): string[] {
  const kinds = [...new Set(findings.map(({ kind }) => kind))];
  const lines = kinds
    .map((kind) => findings.filter((finding) => finding.kind === kind))
    .flatMap((alike) =>
      alike.length > mostOfAKind ? [combined(alike)] : alike.map((finding) => lineOf(finding, "")),
    );
  return wrapLines(lines, columns).map((line) => withColouredSeverity(line, colours));
}

function combined(alike: readonly StatusFinding[]): string {
  const places = inReadingOrder([...new Set(alike.map(placeOf))]);
  const more = places.length > mostPlaces ? ` and ${places.length - mostPlaces} more` : "";
  const shown = places.slice(0, mostPlaces).join(", ");
  return lineOf(alike[0]!, ` There are ${alike.length} findings of this kind: ${shown}${more}.`);
}

function lineOf({ server, kind, severity, message, fix }: StatusFinding, more: string): string {
  return printable(`  ${severity}: ${server}: ${message} ${fix}${more} [${kind}]`).replaceAll("\n", "?");
}

function placeOf({ server, peer }: StatusFinding): string {
  return peer === undefined ? server : `${server} (${peer})`;
}
