import type { Finding } from "../judge/finding";
import { listText } from "./words";

// Makes the text of a finding: its place is named once, then the problem, the fix and the rule.

/** A finding of a rule, or of a risk under the id of the risk. */
export type ReportedFinding = Omit<Finding, "rule"> & { readonly rule: string };

/** The words of a finding. */
export interface FindingWords {
  /** What it is about: a link, a path, servers, or the cluster. */
  readonly place: string;
  /** The problem, and what follows from it. */
  readonly problem: string;
}

/** Formats a finding in one line, which ends in the rule's id in brackets. */
export function findingText(finding: ReportedFinding, more = ""): string {
  const { place, problem } = wordsOf(finding);
  const { severity, fix, rule } = finding;
  return `${severity}: ${place}: ${problem} ${fix}${more}${overrideText(finding)} [${rule}]`;
}

/** Splits a finding into its place and the problem without it: a message that begins with its place would name it twice. */
export function wordsOf(finding: ReportedFinding): FindingWords {
  const { message, servers, link } = finding;
  const place = placeText(finding);
  const path = pathAtBeginning(message);
  if (path && (link ? path.place === place : path.place.startsWith(`${servers[0]} -> `))) return path;
  const subjects = link ? [place] : [place, listText(servers.slice(0, -1)), servers[0] ?? ""];
  const subject = subjects.find((words) => isSubject(words, message));
  if (subject !== undefined) return { place: subject, problem: message.slice(subject.length + 1) };
  return { place, problem: servers.length === 1 ? withPronoun(message, place) : message };
}

/** Explains why the severity differs from that of the table; empty if it doesn't. */
export function overrideText({ reason }: ReportedFinding): string {
  return reason === undefined ? "" : ` (overridden: ${reason})`;
}

function placeText({ servers, link }: ReportedFinding): string {
  return link ? `${link.from} -> ${link.to}` : listText(servers) || "the cluster";
}

const pathWithRole = /^(\S+(?: -> (?:\(\d+ more\)|\S+))+)(?: \((?:sync|write-only|standalone)\))? (.*)$/s;

function pathAtBeginning(message: string): FindingWords | undefined {
  const [, place, problem] = pathWithRole.exec(message) ?? [];
  return place !== undefined && problem !== undefined ? { place, problem } : undefined;
}

function isSubject(words: string, message: string): boolean {
  return (
    words !== "" && message.startsWith(`${words} `) && !/^(?:->|and) /.test(message.slice(words.length + 1))
  );
}

/** Changes `Nothing flows to or from ns3. ...` at the place `ns3` to `nothing flows to or from it. ...`. */
function withPronoun(message: string, name: string): string {
  const end = message.indexOf(` ${name}. `);
  if (end < 0) return message;
  const first = message.charAt(0).toLowerCase() + message.slice(1, end);
  return `${first} it${message.slice(end + 1 + name.length)}`;
}
