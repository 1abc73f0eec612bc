import { isDeepStrictEqual } from "node:util";
import {
  compareChange,
  judgeChange,
  listText,
  type ComparedChange,
  type Standing,
  type StandingLink,
} from "../../topology";
import type { FoundLinks } from "../live-links/find-live-links";
import type { JudgedGate } from "../live-links/verdict";
import { acceptedServers } from "./accepted-servers";
import { formerTopology } from "./former-topology";
import { heldZones } from "./held-zones";
import { liveStanding } from "./live-standing";
import { claimedByOthers, otherLinks } from "./other-links";
import { Rejection } from "../engine/failures";
import { outcomeOf } from "./outcome";
import { reportOf, warnOfRisks } from "./report";
import { changeInState } from "./state-risks";

/** Whether a change may take a risk at all. A new gate may adopt links that are there. */
export function mayTakeRisk({ gate, before }: JudgedGate): boolean {
  if (before === undefined) return true;
  const { removed, changed, unfed, leaving } = changeInState(gate, before);
  const isSame = isDeepStrictEqual(before.servers, gate.topology.servers);
  return !isSame || removed.length + changed.length + unfed.length + leaving.length > 0;
}

/**
 * Judges the risks of a change by what the servers hold now.
 *
 * @throws Rejection when a risk is an error that the user has not allowed
 */
export async function refuseRisks(judged: JudgedGate, found: FoundLinks): Promise<void> {
  const { after, lost } = outcomeOf(judged, found);
  const change = await liveChange(judged, found, after);
  const findings = judgeChange(change, judged.gate, { held: await heldZones(change), now: Date.now() });
  const rejection = reportOf(findings, judged.gate, "what the servers hold");
  if (rejection !== undefined) throw new Rejection(`${rejection}${notRestored(lost)}`);
  warnOfRisks(findings, judged.gate, "what the servers hold");
}

/** Says what only a refresh would put right. */
function notRestored(lost: readonly StandingLink[]): string {
  if (lost.length === 0) return "";
  const links = listText(lost.map(({ from, to }) => `${from} -> ${to}`));
  return ` Somebody has removed or changed ${links}, which only a run with --refresh puts right.`;
}

async function liveChange(given: JudgedGate, found: FoundLinks, after: Standing): Promise<ComparedChange> {
  const judged = { ...given, before: given.before ?? formerTopology(given, found) };
  const change = {
    before: liveStanding(judged, found),
    after,
    others: otherLinks(judged, found),
    accepted: acceptedServers(),
  };
  const compared = compareChange(change);
  const kept = await claimedByOthers(judged, compared.removed);
  return kept.links.length === 0
    ? compared
    : compareChange({ ...change, others: joined(change.others, kept) });
}

function joined<Each extends Standing<{ from: string; to: string }>>(one: Each, other: Each): Each {
  return {
    ...one,
    servers: { ...other.servers, ...one.servers },
    links: [...one.links, ...other.links],
  };
}
