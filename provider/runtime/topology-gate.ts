import type * as pulumi from "@pulumi/pulumi";
import { isDeepStrictEqual } from "node:util";
import { parse } from "../schema/parse";
import { topologyGate as schema } from "../schema/topology-gate";
import { TopologyError, reportFindings, validateTopology } from "../topology";
import { checkInputs, declaredInputs, isUnknown, type Properties } from "./checked-inputs";
import { quietly, savedFailure } from "./failures";
import { plainData } from "./plain-data";
import { configure } from "./session";

/**
 * Holds the topology of a cluster. Every other resource of the cluster waits for it, so that a topology which the rules
 * reject stops them all, whatever way the program is run.
 */
export const topologyGate: pulumi.dynamic.ResourceProvider = {
  configure,

  check: (_olds: Properties, news: Properties) =>
    quietly([], () => {
      const checked = checkInputs(schema, news);
      if (checked.failures || isUnknown(news)) return checked;
      const rejection = judge(news);
      return rejection === undefined ? checked : { failures: [{ property: "", reason: rejection }] };
    }),

  diff: (_id: string, olds: Properties, news: Properties) =>
    quietly([], () => (isDeepStrictEqual(olds["topology"], news["topology"]) ? { changes: false } : {})),

  create: (news: Properties) =>
    savedFailure([news], () => Promise.resolve({ id: "gate", outs: accepted(news) })),

  update: (_id: string, _olds: Properties, news: Properties) =>
    savedFailure([news], () => Promise.resolve({ outs: accepted(news) })),
};

function judge(news: Properties): string | undefined {
  const { topology } = parse(schema, declaredInputs(news), "The topology");
  try {
    const findings = validateTopology(topology).filter((finding) => finding.severity === "error");
    if (findings.length === 0) return undefined;
    return reportFindings(findings, "The topology of the cluster is rejected", topology);
  } catch (error) {
    if (error instanceof TopologyError) return error.message;
    throw error;
  }
}

/** Judged once more right before anything is written: the engine skips `check` for what `--target` leaves out. */
function accepted(news: Properties): Record<string, unknown> {
  const rejection = judge(news);
  if (rejection !== undefined) throw new Error(rejection);
  return plainData(declaredInputs(news));
}
