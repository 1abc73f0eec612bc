import { whyUnreadable, type Check, type Examination } from "../../survey";
import { countText, productOf, wrapLines } from "../../topology";
import { printable, type Colours } from "../streams";
import type { Diagnosis } from "./diagnosis";
import { groupAlike } from "./group-alike";

/** Formats what was found for people: a line for what is well, details for the rest. */
export function reportLines(diagnosis: Diagnosis, colours: Colours, columns: number | undefined): string[] {
  const { machine, servers, connections } = diagnosis;
  const groups = groupAlike(servers, connections);
  const lines = [
    machineHeading(machine),
    ...detailLines(machine),
    "",
    ...groups.flatMap(({ first, names, isVaried }) => [
      serverHeading(names, first),
      ...detailLines(first.checks),
      ...(isVaried ? [`  (as said of ${first.server}; the others differ in names and addresses only)`] : []),
    ]),
    ...(servers.length > 1 ? ["", summary(servers)] : []),
  ];
  return wrapLines(lines, columns).map((line) => painted(printable(line), colours));
}

function machineHeading(machine: readonly Check[]): string {
  const versions = machine
    .filter(({ check, state }) => ["node", "pulumi"].includes(check) && state === "ok")
    .map(({ message }) => message);
  return ["this machine: " + verdict(machine), ...versions, countText(machine.length, "check")].join(", ");
}

function serverHeading(names: readonly string[], examination: Examination): string {
  const { checks, facts } = examination;
  const who = names.length === 1 ? names[0] : `${names.join(", ")} (${names.length} servers)`;
  const product = [facts.product && productOf({ type: facts.product }), facts.version]
    .filter(Boolean)
    .join(" ");
  const found = whyUnreadable(examination) ? ["can't be read"] : [verdict(checks), product];
  const parts = [...found, countText(checks.length, "check")].filter((part) => part !== "");
  return `${who}: ${parts.join(", ")}${names.length > 1 ? " each" : ""}`;
}

function verdict(checks: readonly Check[]): string {
  const [failures, warnings] = [countOf(checks, "failed"), countOf(checks, "warning")];
  const warned = warnings > 0 ? [countText(warnings, "warning")] : [];
  return [failures > 0 ? `${failures} failed` : "well", ...warned].join(", ");
}

/** Shows what is not well, each with its cure, and names what was not tried. */
function detailLines(checks: readonly Check[]): string[] {
  const wrong = checks.filter(({ state }) => state === "failed" || state === "warning");
  const untried = checks.filter(({ state, message }) => state === "skipped" && isFollowing(message));
  const passedOver = checks.filter(({ state, message }) => state === "skipped" && !isFollowing(message));
  return [
    ...wrong.flatMap(({ check, state, message, cure }) => [
      `  ${state} ${check}: ${withStop(message)}`,
      ...(cure === undefined ? [] : [`    ${cure}`]),
    ]),
    ...passedOver.map(({ check, message }) => `  ${check} ${withStop(message)}`),
    ...(untried.length > 0 ? [`  not tried: ${untried.map(({ check }) => check).join(", ")}`] : []),
  ];
}

/** Whether a check was not tried because of another one, which is shown. */
function isFollowing(message: string): boolean {
  return message.startsWith("not tried, because of");
}

function summary(servers: readonly Examination[]): string {
  const unreadable = servers.filter((server) => whyUnreadable(server)).length;
  const wrong = servers.filter(
    (server) => !whyUnreadable(server) && countOf(server.checks, "failed") > 0,
  ).length;
  const parts = [
    `${servers.length - unreadable - wrong} well`,
    ...(wrong > 0 ? [`${wrong} with failures`] : []),
    ...(unreadable > 0 ? [`${unreadable} can't be read`] : []),
  ];
  return `${countText(servers.length, "server")}: ${parts.join(", ")}`;
}

function countOf(checks: readonly Check[], wanted: Check["state"]): number {
  return checks.filter(({ state }) => state === wanted).length;
}

function withStop(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function painted(line: string, { red, yellow, green }: Colours): string {
  return line
    .replace(/^( {2})(failed) /, (_all, indent: string, word: string) => `${indent}${red(word)} `)
    .replace(/^( {2})(warning) /, (_all, indent: string, word: string) => `${indent}${yellow(word)} `)
    .replace(/^(\S.*?: )(well)\b/, (_all, who: string, word: string) => who + green(word))
    .replace(/^(\S.*?: )(\d+ failed|can't be read)\b/, (_all, who: string, word: string) => who + red(word));
}
