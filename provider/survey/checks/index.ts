import type { ServerRegistry } from "../../servers";
import { lookAt, type Pace } from "../at-once";
import type { Check } from "./check";
import { examineServer, type Examination } from "./examine-server";
import { waysIn } from "./names";
import { withSameMachines } from "./same-machine";

export { failed, ok, skipped, type Check, type CheckState, type CheckResult } from "./check";
export type { Examination };

/** Makes all checks of servers, one log-in each. Writes nothing. */
export async function examineServers(
  registry: ServerRegistry,
  names: readonly string[],
  pace: Pace,
): Promise<Examination[]> {
  const { results } = await lookAt(registry, names, examineServer, pace);
  return withSameMachines([...results.values()]);
}

/** Returns why a server could not be read at all; undefined if it could. */
export function whyUnreadable({ checks }: Examination): Check | undefined {
  const isApiOnly = checks.some(({ check, state }) => check === "connection" && state === "warning");
  const needed = isApiOnly ? ["api", "token"] : waysIn;
  return checks.find(({ check, state }) => state === "failed" && needed.includes(check));
}
