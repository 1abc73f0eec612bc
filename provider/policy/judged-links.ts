import type { ReportViolation, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { entryKey, entryText, readEntry, type Entry } from "./entry";
import { readGate } from "./gate";
import { reportOnce, reportUnjudged } from "./report";
import type { Run } from "./run";
import { types, type SeenResource } from "./types";

/**
 * Requires every link and trust to be in a judged topology. One that a program makes without the classes of this
 * package is in none.
 */
export function judgedLinks(run: Run): ResourceValidationPolicy & StackValidationPolicy {
  return {
    name: "judged-links",
    displayName: "Judged links",
    description: "Every link and trust is in a topology that was judged.",
    validateResource: (args, report) => look(args, run, report),
    validateStack: ({ resources }, report) => {
      const gatesFirst = [...resources].sort((left, right) => rank(left) - rank(right));
      for (const resource of gatesFirst) look(resource, run, report);
    },
  };
}

function look(resource: SeenResource, run: Run, report: ReportViolation): void {
  reportUnjudged(resource, run, report, () => {
    if (resource.type === types.gate) noteGate(resource, run);
    const entry = readEntry(resource);
    if (entry && !isJudged(entry, run)) reportOnce(run, rejection(entry), report, resource.urn);
  });
}

/** Notes a gate. If the pack's configuration disables the rules, nobody else has noted it. */
function noteGate(resource: SeenResource, run: Run): void {
  if (run.gates.has(resource.urn)) return;
  const gate = readGate(resource);
  if (gate) run.gates.set(resource.urn, gate);
}

function isJudged(entry: Entry, run: Run): boolean {
  const key = entryKey(entry);
  return [...run.gates.values()].some(({ entries }) => entries.has(key));
}

function rejection(entry: Entry): string {
  return `${entryText(entry)} is in no topology that was judged. Declare it with DnsCluster, DnsClusterMember or ReverseTrust of pulumi-whm; where \`--target\` is given, target its TopologyGate as well.`;
}

function rank({ type }: SeenResource): number {
  return type === types.gate ? 0 : 1;
}
