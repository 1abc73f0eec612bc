import type { PolicySettings } from "../schema/policy-settings";
import type { TopologyInput } from "../schema/topology";
import { errorsAmong, validateDeclared, type Finding } from "../topology";
import type { Gate } from "./gate";

/**
 * Errors of the rules over everything that gates declare together, as the organisation has set the rules.
 *
 * @throws TopologyError when a topology is malformed
 */
export function errorsOf(gates: readonly Gate[], settings: PolicySettings): Finding[] {
  const topologyOf = (gate: Gate): TopologyInput => withSettings(gate.topology, settings);
  const clusters = gates.filter(({ linkByLink }) => !linkByLink).map(topologyOf);
  const links = distinct(gates.filter(({ linkByLink }) => linkByLink).map(topologyOf));
  return errorsAmong(validateDeclared(clusters, ...links));
}

/** Rules among the findings that a program has relaxed without effect, since its overrides do not count. */
export function refusedOverrides(
  findings: readonly Finding[],
  { topology }: Gate,
  { programOverrides }: PolicySettings,
): string[] {
  if (programOverrides === "accepted") return [];
  const found = new Set<string>(findings.map(({ rule }) => rule));
  const relaxed = Object.entries(topology.rules ?? {}).filter(([, { severity }]) => severity !== "error");
  return relaxed.map(([id]) => id).filter((id) => found.has(id));
}

/** The organisation has the last word; what a program relaxes counts only where the organisation says so. */
function withSettings(topology: TopologyInput, { rules, programOverrides }: PolicySettings): TopologyInput {
  const ofProgram = programOverrides === "accepted" ? topology.rules : {};
  return { ...topology, rules: { ...ofProgram, ...rules } };
}

/** Links declared one by one have a gate for each provider; one that repeats another is the same declaration. */
function distinct(topologies: readonly TopologyInput[]): TopologyInput[] {
  return [...new Map(topologies.map((topology) => [JSON.stringify(topology), topology])).values()];
}
