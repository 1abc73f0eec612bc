import { ownerOf } from "../../servers";
import { countText } from "../../topology";
import { printable, printJson, printLines, type Streams } from "../streams";
import type { AdoptOptions } from "./adopt-options";
import type { Unclaimed } from "./claims-of-stack";

/** What became of a claim. */
export interface Outcome {
  readonly thing: Unclaimed;
  readonly state: "written" | "there already" | "changed meanwhile";
}

/** Shows the claims before they are written. */
export function show(things: readonly Unclaimed[], { output }: Streams): void {
  const lines = things.map(
    (thing) => `  ${thing.server}: ${nameOf(thing)}, for ${ownerOf(thing.claimant.logicalName).resource}`,
  );
  printLines(output, ...["Claims to write into /var/cpanel/.pulumi-whm:", ...lines].map(printable));
}

function nameOf({ kind, key }: Unclaimed): string {
  return kind === "member" ? `entry for ${key}` : `line ${key} in /etc/ips.remotedns`;
}

/** Says what became of the claims. */
export function report(
  outcomes: readonly Outcome[],
  failures: readonly Error[],
  { json }: AdoptOptions,
  { output, errors }: Streams,
): void {
  if (json) {
    const claims = outcomes.map(({ thing, state }) => ({
      server: thing.server,
      kind: thing.kind,
      key: thing.key,
      state,
    }));
    printJson(output, { claims, unreadable: failures.map(({ message }) => message) });
    return;
  }
  const written = outcomes.filter(({ state }) => state === "written");
  const changed = outcomes.filter(({ state }) => state === "changed meanwhile");
  printLines(
    output,
    `${countText(written.length, "claim")} written, ${outcomes.length - written.length - changed.length} there already.`,
  );
  const lines = changed.map(
    ({ thing }) =>
      `${thing.server}: ${nameOf(thing)} has changed since the stack adopted it, or somebody else claims it. Run pulumi refresh.`,
  );
  const said = [...lines, ...failures.map(({ message }) => message)];
  if (said.length > 0) printLines(errors, ...said.map(printable));
}
