import type { TopologyInput } from "../schema/topology";
import { splitIntoClusters } from "./components";
import type { Finding } from "./finding";
import { buildGraph } from "./graph";
import { inTableOrder, judge } from "./judge";
import { mergeTopologies, qualifyNames } from "./merge";
import { overridden, overriddenAll } from "./overrides";
import { clusterPart, usedPart } from "./parts";
import { readTopology, type DeclaredTopology } from "./read-topology";
import { readForJudgement } from "./validate";

/**
 * Judges everything that a program declares: rules about a cluster on each cluster and on each connected part of
 * what was declared link by link, rules about everything once over all of it together.
 *
 * @param clusters one topology a cluster
 * @param links what was declared link by link; its servers that nothing uses are not judged
 * @throws TopologyError when one of them is malformed or its overrides are not allowed
 */
export function validateDeclared(clusters: readonly TopologyInput[], links?: TopologyInput): Finding[] {
  const declared = readForJudgement(links ? [...clusters, links] : clusters);
  const sources = declared.map((part, index) => (index < clusters.length ? part : usedPart(part)));
  const connected = links ? splitIntoClusters(links).map(readTopology) : [];
  const qualified = qualifyNames([...sources, ...connected]);
  const judgedTogether = qualified.slice(0, sources.length);
  const judgedAlone = [...qualified.slice(0, clusters.length), ...qualified.slice(sources.length)];

  const within = judgedAlone.flatMap((part) =>
    overriddenAll(judge(buildGraph(clusterPart(part)), ["cluster"]), part.rules),
  );
  const across = judge(buildGraph(mergeTopologies(judgedTogether)), ["everything"]);
  return inTableOrder([...within, ...across.flatMap((finding) => strictest(finding, judgedTogether) ?? [])]);
}

/**
 * A finding over everything may concern several parts with overrides of their own: it is relaxed only as far as
 * each of them relaxes it, so that no cluster loosens the rules of another.
 */
function strictest(finding: Finding, parts: readonly DeclaredTopology[]): Finding | undefined {
  if (!parts.some((part) => Object.hasOwn(part.rules, finding.rule))) return finding;
  const concerned = concernedParts(new Set(finding.servers), parts);
  const outcomes = concerned.map((part) => overridden(finding, part.rules));
  const error = outcomes.find((outcome) => outcome?.severity === "error");
  return error ?? outcomes.find((outcome) => outcome !== undefined);
}

/** The parts that connect the servers; where none does, those that declare one of them; else all. */
function concernedParts(
  names: ReadonlySet<string>,
  parts: readonly DeclaredTopology[],
): readonly DeclaredTopology[] {
  const connecting = parts.filter((part) =>
    part.links.some(({ from, to }) => names.has(from) && names.has(to)),
  );
  if (connecting.length > 0) return connecting;
  const declaring = parts.filter((part) => [...names].some((name) => part.servers.has(name)));
  return declaring.length > 0 ? declaring : parts;
}
