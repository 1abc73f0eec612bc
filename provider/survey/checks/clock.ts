import type { CommandClock } from "../../servers";
import { failed, ok, warning, type CheckResult } from "./check";

/** Seconds by which two clocks may differ. */
const mostSeconds = 60;

/**
 * Compares the clock of a server with that of this machine.
 *
 * @param ahead seconds by which the server's is ahead; undefined if the server didn't tell the time
 */
export function clockResult(ahead: number | undefined): CheckResult {
  if (ahead === undefined)
    return warning("the server does not tell the time", "Compare its clock by hand: date -u.");
  const seconds = Math.abs(ahead);
  const way = ahead > 0 ? "ahead of" : "behind";
  if (seconds <= 1) return ok("agrees with this machine's");
  if (seconds <= mostSeconds) return ok(`${seconds} s ${way} this machine's`);
  return failed(
    `the server's clock is ${durationText(seconds)} ${way} this machine's`,
    "Let NTP set both (chronyd): a token expires by the server's clock. If all servers differ alike, this machine's is wrong.",
  );
}

/** The same for a clock that was read with a command. */
export function commandClockResult({ ahead, isNoisy }: CommandClock): CheckResult {
  const result = clockResult(ahead);
  return isNoisy && result.state !== "failed" ? warning(noisyLogin.message, noisyLogin.cure) : result;
}

/** What else a log-in prints spoils the output of commands, such as the JSON of whmapi1. */
export const noisyLogin = {
  message: "the log-in prints text of its own before the output of a command",
  cure: "Let its shell print in interactive sessions only: put `[[ $- == *i* ]] || return` at the head of ~/.bashrc.",
};

/** Formats seconds as `90 s`, `12 min`, `3 h` or `2 days`. */
function durationText(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}
