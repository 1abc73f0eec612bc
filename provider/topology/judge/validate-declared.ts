import type { Topology, TopologyInput } from "../../schema/topology";
import { splitIntoClusters } from "../model/components";
import type { Finding } from "./finding";
import { buildGraph } from "../model/graph";
import { inTableOrder, judge, judgeCluster } from "./judge";
import { mergeTopologies, qualifyNames } from "../model/merge";
import { overridden, overriddenAll } from "./overrides";
import { usedPart } from "../model/parts";
import { readTopology, writtenTopology, type DeclaredTopology } from "../model/read-topology";
import { readForJudgement, validateTopology } from "./validate";

/**
 * Judges everything that a program declares. Cluster rules apply to each cluster and to each connected part of what was
 * declared link by link; rules about everything apply once to all of it together.
 *
 * @param clusters one topology for each cluster
 * @param linkByLink declarations made link by link, one topology for each provider; unused servers are not judged
 * @throws TopologyError when one of them is malformed or its overrides are not allowed
 */
export function validateDeclared(
  clusters: readonly TopologyInput[],
  ...linkByLink: readonly TopologyInput[]
): Finding[] {
  return judgeParts(qualifiedParts(clusters, linkByLink));
}

/** Everything that a program declares, with names that are valid across all of it. */
export interface Parts {
  readonly clusters: readonly DeclaredTopology[];
  /** Declarations made link by link, by provider, without unused servers. */
  readonly links: readonly DeclaredTopology[];
}

/** Judges parts whose names are valid across all of them. */
export function judgeParts({ clusters, links }: Parts): Finding[] {
  const connected = splitIntoClusters(writtenTopology(mergeTopologies(links))).map(readTopology);
  const within = [
    ...clusters.flatMap((part) => overriddenAll(judgeCluster(part), part.rules)),
    ...relaxed(
      connected.flatMap((part) => judge(buildGraph(part), ["cluster"])),
      links,
    ),
  ];
  const parts = [...clusters, ...links];
  const across = relaxed(judge(buildGraph(mergeTopologies(parts)), ["everything"]), parts);
  return inTableOrder([...within, ...across]);
}

/**
 * Merges everything that a program declares into one topology with the names used in findings. Leaves out what is unused.
 */
export function mergedTopology(
  clusters: readonly TopologyInput[],
  linkByLink: readonly TopologyInput[],
): Topology {
  const parts = qualifiedParts(clusters, linkByLink);
  return writtenTopology(mergeTopologies([...parts.clusters, ...parts.links]));
}

function qualifiedParts(clusters: readonly TopologyInput[], linkByLink: readonly TopologyInput[]): Parts {
  const declared = readForJudgement([...clusters, ...linkByLink]);
  const parts = qualifyNames(
    declared.map((part, index) => (index < clusters.length ? part : usedPart(part))),
  );
  return { clusters: parts.slice(0, clusters.length), links: parts.slice(clusters.length) };
}

function relaxed(findings: readonly Finding[], parts: readonly DeclaredTopology[]): Finding[] {
  const [first, ...others] = parts;
  if (first && others.length === 0) return overriddenAll(findings, first.rules);
  return findings.flatMap((finding) => strictest(finding, parts) ?? []);
}

/**
 * Applies the overrides to a finding over everything. It may concern several parts with different overrides and is
 * relaxed only as far as each of them relaxes it, so that no cluster loosens the rules of another.
 */
function strictest(finding: Finding, parts: readonly DeclaredTopology[]): Finding | undefined {
  if (!parts.some((part) => Object.hasOwn(part.rules, finding.rule))) return finding;
  const concerned = concernedParts(new Set(finding.servers), parts);
  const outcomes = concerned.map((part) => overridden(finding, part.rules));
  const error = outcomes.find((outcome) => outcome?.severity === "error");
  return error ?? outcomes.find((outcome) => outcome !== undefined);
}

/** Returns the parts that connect the servers; if none does, those that declare one of them; otherwise all. */
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

/** How servers and links form clusters: all of them one, or each connected part its own. */
export type Grouping = "one-cluster" | "link-by-link";

/** Judges one topology, as one cluster or as links declared one by one. */
export function validateGrouped(topology: TopologyInput, grouping: Grouping): Finding[] {
  return grouping === "one-cluster" ? validateTopology(topology) : validateDeclared([], topology);
}
