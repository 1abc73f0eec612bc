import { groupBy, type Group } from "../model/group-by";
import type { ReportedFinding } from "./finding-text";
import { inReadingOrder } from "./words";

/** Findings shown in one line: the first of them, and what to add about the others. */
export interface AlikeFindings {
  readonly first: ReportedFinding;
  readonly others: string;
}

/** Fewer findings than this are shown one by one. */
const fewest = 3;

/** More names than this are only counted. */
const mostNames = 60;

/** Groups findings that say the same about different servers, in the order of the first of each. */
export function groupAlike(findings: readonly ReportedFinding[]): AlikeFindings[] {
  return grouped(findings, template, differingNames);
}

/**
 * Groups all findings of a rule, for reports that would otherwise be too long.
 *
 * @param names maximum number of servers to name
 */
export function groupByRule(findings: readonly ReportedFinding[], names = mostNames): AlikeFindings[] {
  return grouped(findings, standing, ({ servers }) => servers, names);
}

function grouped(
  findings: readonly ReportedFinding[],
  keyOf: (finding: ReportedFinding) => string,
  namesIn: (finding: ReportedFinding) => readonly string[],
  most = mostNames,
): AlikeFindings[] {
  return [...groupBy(findings, keyOf).values()].flatMap((group) =>
    group.length < fewest
      ? group.map((first) => ({ first, others: "" }))
      : [{ first: group[0], others: othersText(group, group.flatMap(namesIn), most) }],
  );
}

function othersText(group: Group<ReportedFinding>, concerned: readonly string[], most: number): string {
  const names = inReadingOrder([...new Set(concerned)]);
  const shown = names.slice(0, most).join(", ");
  const more = names.length > most ? ` and ${names.length - most} more` : "";
  return ` There are ${group.length} findings like this, about ${names.length} servers: ${shown}${more}.`;
}

/** Lists the names by which similar findings differ. Of a long list of servers, the finding is about the first. */
function differingNames({ servers }: ReportedFinding): readonly string[] {
  return servers.length > 2 ? servers.slice(0, 1) : servers;
}

function standing({ rule, severity, reason }: ReportedFinding): string {
  return JSON.stringify([rule, severity, reason ?? null]);
}

/** Returns the text of a finding with numbers in place of the names by which similar ones differ. */
function template(finding: ReportedFinding): string {
  const { servers, message, fix } = finding;
  const names = differingNames(finding);
  const text = names.reduce(
    (said, name, index) => withoutName(said, name, `\0${index}`),
    `${message}\0${fix}`,
  );
  return JSON.stringify([standing(finding), text, servers.slice(names.length)]);
}

/** Replaces a name only between blanks and punctuation: `web1` is no part of `web10` or `web1.example.com`. */
export function withoutName(text: string, name: string, mark: string): string {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\w.-])${escaped}(?![\\w-]|\\.\\w)`, "gu"), mark);
}
