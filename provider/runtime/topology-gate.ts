import type * as pulumi from "@pulumi/pulumi";
import { isDeepStrictEqual } from "node:util";
import { judgedInput, judgedText } from "../schema/judged";
import { parse } from "../schema/parse";
import { topologyGate as schema, type TopologyGateInputs } from "../schema/topology-gate";
import { TopologyError, errorsAmong, reportFindings, topologyMark, validateGrouped } from "../topology";
import { withdraw } from "./live-links/announced-links";
import {
  changedAfterJudgement,
  checkInputs,
  declaredInputs,
  isUnknown,
  type Properties,
  refuseUnjudged,
} from "./engine/checked-inputs";
import { holdDeletions, refuseHeldDeletion } from "./engine/held-deletions";
import { quietly, Rejection, savedFailure } from "./engine/failures";
import { hostsAcceptedAnew, hostsIn, hostsOf, hostsThatStay, rememberHosts } from "./recognising/gate-hosts";
import { groupingOf, type JudgedGate } from "./live-links/verdict";
import { removeLeftCanaries } from "./canary/left-canaries";
import { dropLostClaims } from "./claims/lost-claims";
import { passGate } from "./live-links/pass-gate";
import { plainData } from "./engine/plain-data";
import { configure } from "./engine/session";
import { restoredBy, restoredIn, seeLinks } from "./risks/seen-links";
import { warnOfAllowances } from "./risks/report";
import { rejectionByState } from "./risks/state-risks";

/**
 * Holds the topology of a cluster, or of everything declared link by link. Every other resource waits for it, so a
 * topology that the rules reject stops them all, however the program is run. It is judged once more before anything is
 * written, together with the links that the servers hold and those that other stacks have announced.
 */
export const topologyGate: pulumi.dynamic.ResourceProvider = {
  configure,

  check: (olds: Properties, news: Properties) =>
    quietly([], () => {
      const checked = checkInputs(schema, news);
      if (checked.failures || isUnknown(news)) return checked;
      const [changed] = changedAfterJudgement(news, withMark(news));
      const gate = parseGate(news);
      const rejection = changed ?? judge(gate) ?? rejectionOfChange(gate, olds);
      if (rejection !== undefined) return { failures: [{ property: "", reason: rejection }] };
      return { inputs: { ...(checked.inputs as Properties), ...restoredBy(olds) } };
    }),

  diff: (_id: string, olds: Properties, news: Properties) =>
    quietly([], () => {
      const isSame = isDeepStrictEqual(olds["topology"], news["topology"]);
      if (isSame) rememberHosts(hostsIn(olds));
      return isSame ? { changes: false } : {};
    }),

  create: (news: Properties) =>
    savedFailure([news], async () => {
      refuseUnjudged(news, withMark(news));
      const gate = parseGate(news);
      await pass({ gate, before: undefined });
      return {
        id: "gate",
        outs: { ...plainData(declaredInputs(news)), hosts: await hostsOf(gate.topology, {}) },
      };
    }),

  read: (id: string, props: Properties) =>
    quietly([], async () => {
      const seen = await seeLinks(parseGate(props));
      const mark = judgedText("topology", withMark(props));
      return {
        id,
        props: { ...props, hosts: await hostsAcceptedAnew(hostsIn(props)) },
        inputs: { ...declaredInputs(props), [judgedInput]: mark, __seen: seen },
      };
    }),

  update: (_id: string, olds: Properties, news: Properties) =>
    savedFailure([news], async () => {
      refuseUnjudged(news, withMark(news));
      const before = parseGate(olds);
      // Its announcements use the name that it had when it was made.
      const gate = { ...parseGate(news), logicalName: before.logicalName };
      const known = hostsThatStay(hostsIn(olds), before.topology, gate.topology);
      await pass({ gate, before: before.topology, hosts: known, restored: restoredIn(news) });
      const hosts = await hostsOf(gate.topology, known);
      return { outs: { ...plainData(declaredInputs(news)), logicalName: before.logicalName, hosts } };
    }),

  delete: (_id: string, props: Properties) =>
    quietly([], async () => {
      const gate = parseGate(props);
      refuseHeldDeletion("The gate", ...Object.keys(gate.topology.servers));
      // A first run that was killed has left no proof in the state.
      const left = await removeLeftCanaries(gate);
      if (left.length > 0) throw new Error(left.join("\n"));
      await withdraw(gate);
      await dropLostClaims(gate);
    }),
};

/** Judges the change by the state. A new gate has nothing to compare with; it looks at the servers when it is made. */
function rejectionOfChange(gate: TopologyGateInputs, olds: Properties): string | undefined {
  const before = schema.shape.topology.safeParse(olds["topology"]).data;
  if (before) return rejectionByState(gate, before, olds);
  warnOfAllowances(gate);
  return undefined;
}

function parseGate(properties: Properties): TopologyGateInputs {
  return parse(schema, declaredInputs(properties), "The topology");
}

/** Replaces the topology by a mark for comparison: a second copy of it would double the state. */
function withMark(news: Properties): Record<string, unknown> {
  return { topology: topologyMark(news as Parameters<typeof topologyMark>[0]) };
}

function judge(gate: TopologyGateInputs): string | undefined {
  try {
    const errors = errorsAmong(validateGrouped(gate.topology, groupingOf(gate)));
    if (errors.length === 0) return undefined;
    return reportFindings(errors, "The topology of the cluster is rejected", gate.topology);
  } catch (error) {
    if (error instanceof TopologyError) return error.message;
    throw error;
  }
}

/** Judges once more right before anything is written: the engine skips `check` for what `--target` leaves out. */
async function pass(judged: JudgedGate): Promise<void> {
  try {
    const rejection = judge(judged.gate);
    if (rejection !== undefined) throw new Rejection(rejection);
    await passGate(judged);
  } catch (error) {
    const { gate, before } = judged;
    holdDeletions(Object.keys({ ...gate.topology.servers, ...before?.servers }));
    throw error;
  }
}
