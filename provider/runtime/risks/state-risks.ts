import type { Topology } from "../../schema/topology";
import type { TopologyGateInputs } from "../../schema/topology-gate";
import {
  compareChange,
  judgeChange,
  listText,
  standingAsDeclared,
  type ComparedChange,
  type Standing,
} from "../../topology";
import type { Properties } from "../engine/checked-inputs";
import { warn } from "../engine/warn";
import { acceptedServers } from "./accepted-servers";
import { withoutForgotten } from "./live-standing";
import { seenIn, standingAsSeen } from "./seen-links";
import { reportOf, warnOfAllowances, warnOfRisks } from "./report";

/** Compares what a gate held in the state with what it is to hold. Asks no server. */
export function changeInState(gate: TopologyGateInputs, before: Topology): ComparedChange {
  return changeFrom(standingAsDeclared(before), gate);
}

function changeFrom(before: Standing, { topology, elsewhere = [] }: TopologyGateInputs): ComparedChange {
  return compareChange({
    before: withoutForgotten(before),
    after: standingAsDeclared(topology),
    others: { servers: {}, links: elsewhere },
    accepted: acceptedServers(),
  });
}

/**
 * Judges the risks of a change by the state, or by what a refresh has seen. Shows what is no error. Asks no server.
 *
 * @param olds inputs of the gate in the state
 * @returns the text of a rejection, or undefined
 */
export function rejectionByState(
  gate: TopologyGateInputs,
  before: Topology,
  olds: Properties,
): string | undefined {
  const seen = seenIn(olds);
  const basis = seen ? `what the servers held at ${seen.at}` : "the state of the last run";
  const change = changeFrom(standingAsSeen(before, seen), gate);
  const findings = judgeChange(change, gate, { now: Date.now() });
  const mayHoldZones = change.leaving.length > 0;
  warnOfAllowances(gate, [
    ...findings.map(({ risk }) => risk),
    ...(mayHoldZones ? ["last-holder-of-zone" as const] : []),
  ]);
  const rejection = reportOf(findings, gate, basis);
  if (rejection !== undefined) return seen ? rejection : `${rejection} ${refreshInstead}`;
  warnOfRisks(findings, gate, basis);
  if (mayHoldZones) warn(zonesLater(change.leaving));
  return undefined;
}

const refreshInstead = "With --refresh, the change is compared with what the servers hold.";

/** Only a run that may write something asks the servers. */
function zonesLater(leaving: readonly string[]): string {
  const leave = leaving.length === 1 ? "leaves" : "leave";
  return `${listText(leaving)} ${leave}: pulumi up first lists the zones that no other nameserver holds (last-holder-of-zone).`;
}
