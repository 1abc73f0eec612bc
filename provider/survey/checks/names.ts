import type { Server as ServerSettings } from "../../schema/server";
import { isBehindBastion } from "../../servers";
import { skipped, type Check, type CheckResult } from "./check";

/** All checks of a server, in their order. */
const checkNames = [
  "connection",
  "bastion",
  "name",
  "port",
  "host-key",
  "login",
  "forwarding",
  "files",
  "product",
  "version",
  "api",
  "token",
  "privileges",
  "clock",
  "register",
] as const;

export type CheckName = (typeof checkNames)[number];

/** What the checks of a server have found so far. */
export type Found = Partial<Record<CheckName, CheckResult>>;

/** Checks of the way in. If one fails, the server can't be read. */
export const waysIn: readonly string[] = ["connection", "bastion", "name", "port", "host-key", "login"];

/** Lists the results of a server in order. Adds the checks that were not tried. */
export function listChecks(settings: ServerSettings, found: Found): Check[] {
  const needs = needsOf(settings);
  return checkNames
    .filter((check) => found[check] !== undefined || check in needs)
    .map((check) => ({ check, ...(found[check] ?? skipped(reason(check, needs, found))) }));
}

/** The checks that a server gets, each with the one without which it can't be made. */
type Needs = Partial<Record<CheckName, CheckName | undefined>>;

function needsOf({ connection, api }: ServerSettings): Needs {
  const isBehind = connection !== undefined && isBehindBastion(connection);
  return {
    ...(isBehind && { bastion: undefined }),
    ...(connection && {
      name: isBehind ? "bastion" : undefined,
      port: "name",
      "host-key": "port",
      login: "host-key",
      forwarding: "login",
      files: "login",
      product: "files",
      register: "files",
    }),
    ...(api && { token: "api" }),
    ...((connection ?? api) && {
      version: connection ? "files" : "api",
      api: api ? undefined : "login",
      privileges: api ? "token" : "api",
      clock: connection ? "login" : "api",
    }),
  };
}

function reason(check: CheckName, needs: Needs, found: Found): string {
  const culprit =
    culpritOf(check, needs, found) ?? checkNames.find((name) => found[name]?.state === "failed");
  return culprit ? `not tried, because of ${culprit}` : "not tried";
}

/** Follows the needs of a check to the one that failed. */
function culpritOf(check: CheckName, needs: Needs, found: Found): CheckName | undefined {
  for (let need = needs[check]; need !== undefined; need = needs[need])
    if (found[need]?.state === "failed") return need;
  return undefined;
}
