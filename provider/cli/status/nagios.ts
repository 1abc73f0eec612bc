import type { JudgedStatus, TriedWay } from "../../survey";
import { countText } from "../../topology";
import { printable } from "../streams";
import type { ServerRow } from "./server-rows";

/** States of a Nagios plugin, by exit code. */
const states = ["OK", "WARNING", "CRITICAL", "UNKNOWN"] as const;

/** The line of a Nagios plugin, and its exit code. */
export interface NagiosResult {
  readonly code: 0 | 1 | 2 | 3;
  readonly text: string;
}

/** Findings that a line quotes. */
const mostQuoted = 3;
/** Agents cut longer output. */
const longestText = 800;

/** Formats a status as one line for Nagios. What was found to be broken outranks what could not be read. */
export function nagiosResult(judged: JudgedStatus, rows: readonly ServerRow[]): NagiosResult {
  const { findings, unreadable } = judged;
  const count = (severity: string): number => findings.filter((each) => each.severity === severity).length;
  const [errors, warnings] = [count("error"), count("warning")];
  const counts = [
    ...(errors > 0 ? [countText(errors, "error")] : []),
    ...(warnings > 0 ? [countText(warnings, "warning")] : []),
    ...(unreadable.length > 0 ? [`${unreadable.length} not readable`] : []),
  ];
  const said = [...firstOfEachKind(findings), ...unreadable.map(({ message }) => message)];
  const summary = [counts.join(", "), said.slice(0, mostQuoted).join(" ")].filter((text) => text !== "");
  const text = summary.join(": ") || `${countText(rows.length, "server")}, nothing found`;
  const line = nagiosLine(codeOf(judged, errors, warnings), text);
  return { ...line, text: `${line.text} | ${measures(judged, rows)}` };
}

/** Quotes one finding of each kind: many servers often have the same trouble. */
function firstOfEachKind(findings: JudgedStatus["findings"]): string[] {
  return [...new Set(findings.map(({ kind }) => kind))].map((kind) => {
    const alike = findings.filter((each) => each.kind === kind);
    const more = alike.length > 1 ? ` (and ${alike.length - 1} more)` : "";
    return `${alike[0]!.server} ${alike[0]!.message}${more}`;
  });
}

/** Formats why nothing could be found out. */
export function nagiosUnknown(message: string): NagiosResult {
  return nagiosLine(3, message);
}

function codeOf({ unreadable }: JudgedStatus, errors: number, warnings: number): NagiosResult["code"] {
  if (errors > 0) return 2;
  if (unreadable.length > 0) return 3;
  return warnings > 0 ? 1 : 0;
}

/** A bar would begin the measures. */
function nagiosLine(code: NagiosResult["code"], text: string): NagiosResult {
  const line = printable(text).replace(/\s+/g, " ").replaceAll("|", "/");
  const short = line.length > longestText ? `${line.slice(0, longestText)}...` : line;
  return { code, text: `WHM DNS ${states[code]} - ${short}` };
}

function measures(
  { status, findings, unreadable, zones, tokens }: JudgedStatus,
  rows: readonly ServerRow[],
): string {
  const read = rows.flatMap(({ health }) => health ?? []);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const days = tokens.flatMap(({ daysLeft }) => daysLeft ?? []);
  const values: [string, number][] = [
    ["servers", rows.length],
    ["unreadable", unreadable.length],
    ["errors", findings.filter(({ severity }) => severity === "error").length],
    ["warnings", findings.filter(({ severity }) => severity === "warning").length],
    ["members_disabled", sum(read.map(({ membersDisabled }) => membersDisabled))],
    ["queue", sum(read.map(({ server }) => server.queue))],
    ["zones_missing", sum(zones.map(({ missingOn }) => missingOn.length))],
  ];
  if (status.reach) values.push(["unreachable", unreachableMembers(status.reach)]);
  if (days.length > 0) values.push(["days_to_next_expiry", Math.min(...days)]);
  return values.map(([name, value]) => `${name}=${value}`).join(" ");
}

function unreachableMembers(reach: readonly TriedWay[]): number {
  return reach.filter(({ role, state }) => role !== undefined && state === "unreachable").length;
}
