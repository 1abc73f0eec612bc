import type { PolicySettings } from "../schema/policy-settings";
import type { TopologyInput } from "../schema/topology";
import { errorsAmong, validateDeclared, type Finding } from "../topology";
import type { Gate } from "./gate";

/**
 * Returns the errors of the rules over everything that gates declare together, with the organisation's settings.
 *
 * @throws TopologyError when a topology is malformed
 */
export function errorsOf(gates: readonly Gate[], settings: PolicySettings): Finding[] {
  const topologyOf = (gate: Gate): TopologyInput => withSettings(gate.topology, settings);
  const clusters = gates.filter(({ linkByLink }) => !linkByLink).map(topologyOf);
  const links = distinct(gates.filter(({ linkByLink }) => linkByLink).map(topologyOf));
  return errorsAmong(validateDeclared(clusters, ...links));
}

/** Lists the rules among the findings that a program has relaxed without effect, because its overrides don't count. */
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

/** Applies the organisation's settings. A program's overrides count only if the organisation accepts them. */
function withSettings(topology: TopologyInput, { rules, programOverrides }: PolicySettings): TopologyInput {
  const ofProgram = programOverrides === "accepted" ? topology.rules : {};
  return { ...topology, rules: { ...ofProgram, ...rules } };
}

/**
 * Removes repeats. Links declared one by one have a gate for each provider, and a gate that repeats another is the same.
 */
function distinct(topologies: readonly TopologyInput[]): TopologyInput[] {
  return [...new Map(topologies.map((topology) => [JSON.stringify(topology), topology])).values()];
}
