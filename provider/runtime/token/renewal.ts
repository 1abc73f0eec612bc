import type { ApiTokenInputs, ApiTokenState, TokenRenewal } from "../../schema/api-token";
import { MalformedError } from "../../schema/parse";
import { countText, timeText } from "../../topology";
import { warn } from "../engine/warn";

// A token with `renewBefore` is replaced when its expiry is near. The expiry that the program declares stays behind then,
// so the state says which declared one was renewed, and until when. Another declared expiry counts again.

/** Seconds of a day. */
export const day = 86_400;

/** Returns when a token with these inputs should expire. */
export function wantedExpiry(state: ApiTokenState, inputs: ApiTokenInputs): number | undefined {
  return standingRenewal(state, inputs)?.until ?? inputs.expiresAt;
}

/** Returns the renewal of a token; undefined if there was none, or the user has changed the declared expiry since. */
export function standingRenewal(
  { renewal }: Pick<ApiTokenState, "renewal">,
  { expiresAt }: ApiTokenInputs,
): TokenRenewal | undefined {
  return renewal?.of === expiresAt ? renewal : undefined;
}

/** Returns the expiry as the program declares it. */
export function declaredExpiry({ expiresAt, renewal }: ApiTokenState): number | undefined {
  return renewal !== undefined && renewal.until === expiresAt ? renewal.of : expiresAt;
}

/**
 * Whether a token has to be renewed now, and says so.
 *
 * @throws MalformedError when it would be renewed at every run
 */
export function isDue(state: ApiTokenState, inputs: ApiTokenInputs): boolean {
  const { expiresAt } = state;
  const { renewBefore } = inputs;
  if (!isRenewable(state, inputs) || expiresAt === undefined || renewBefore === undefined) return false;
  const life = expiresAt - state.createTime;
  if (renewBefore * day >= life) throw tooEarly(state, renewBefore, life);
  const left = expiresAt - Date.now() / 1000;
  if (left > renewBefore * day) return false;
  warn(sentence(state, Math.floor(left / day), renewBefore));
  return true;
}

/** Whether the declared expiry is still that of the token. One that the user has changed counts instead. */
function isRenewable(state: ApiTokenState, inputs: ApiTokenInputs): boolean {
  if (typeof inputs.renewBefore !== "number" || inputs.tokenName !== undefined) return false;
  return declaredExpiry(state) === inputs.expiresAt;
}

function sentence({ server, tokenName, expiresAt = 0 }: ApiTokenState, left: number, before: number): string {
  const when = left < 0 ? `expired at ${timeText(expiresAt)}` : `expires in ${countText(left, "day")}`;
  return `${server}: the API token ${tokenName} ${when}, and renewBefore is ${countText(before, "day")}: it is replaced.`;
}

function tooEarly({ server, tokenName }: ApiTokenState, before: number, life: number): MalformedError {
  return new MalformedError(`The API token ${tokenName} of ${server}`, [
    `renewBefore: must be less than the life of the token, ${countText(Math.floor(life / day), "day")}, not ${before}; declare a later expiresAt or fewer days`,
  ]);
}

/** Formats a number of days. */
export function daysText(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}

/** Tokens of this run's state, by the names of the resources that take their place. */
const predecessors = new Map<string, ApiTokenState>();

/**
 * Remembers a token as the engine shows it in a diff. If it is replaced in the same run, the new one has to know how long
 * it has lived, and the engine tells a creation nothing of what is there.
 */
export function rememberPredecessor(state: ApiTokenState, inputs: ApiTokenInputs): void {
  if (isRenewable(state, inputs)) predecessors.set(inputs.logicalName, state);
  else predecessors.delete(inputs.logicalName);
}

/** Returns how the renewal of a token goes on with a new one; undefined if the declared expiry counts. */
export function renewalOf({
  logicalName,
  expiresAt,
}: Pick<ApiTokenInputs, "logicalName" | "expiresAt">): TokenRenewal | undefined {
  const before = predecessors.get(logicalName);
  if (before?.expiresAt === undefined || expiresAt === undefined) return undefined;
  if (declaredExpiry(before) !== expiresAt) return undefined;
  const life = before.expiresAt - before.createTime;
  return { of: expiresAt, until: Math.floor(Date.now() / 1000) + life, renews: before.createTime };
}
