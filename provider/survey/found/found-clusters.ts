import type { Topology } from "../../schema/topology";
import { completeTopology, listText, splitIntoClusters, type Finding } from "../../topology";
import type { Circumstances, FoundEntry, LeftAlone } from "./found-entry";
import { sortEntries } from "./sort-entries";
import { fitRules, type FittedTopology } from "./fit-rules";
import { topologyOf } from "./found-topology";
import { withLinksInUse } from "./in-use";
import { withOneEntry } from "./one-entry";
import { withOneHost } from "./one-host";
import { otherThings } from "./other-things";
import { asWritten } from "./written";

/** A cluster that can be brought into a stack as it stands. */
export interface FoundCluster {
  /** The topology as a person would write it. The rules accept it, with overrides where they must. */
  readonly topology: Topology;
  /** Entries that it stands for. */
  readonly entries: readonly FoundEntry[];
}

/** What was found on servers. */
export interface Found {
  readonly clusters: readonly FoundCluster[];
  /** Findings of the rules on the clusters as they stand, before anything was overridden. */
  readonly findings: readonly Finding[];
  /** What stays as it is. */
  readonly leftAlone: readonly LeftAlone[];
}

/**
 * Finds the clusters on servers that can be brought into a stack without changing anything.
 *
 * @param reason reason of overrides, where the rules reject a cluster
 */
export function findClusters(circumstances: Circumstances, reason: string): Found {
  const { survey } = circumstances;
  const { entries, leftAlone } = withLinksInUse(
    withOneHost(withOneEntry(sortEntries(circumstances), circumstances)),
    survey,
  );
  const fitted = splitIntoClusters(topologyOf(entries, survey)).map((cluster) => fitRules(cluster, reason));
  const clusters = fitted.flatMap(({ topology }) => (topology ? [foundCluster(topology, entries)] : []));
  return {
    clusters,
    findings: fitted.flatMap(({ findings }) => findings),
    leftAlone: [
      ...leftAlone,
      ...fitted.flatMap(({ refused }) => refused.map(brokenRule)),
      ...entries.filter((entry) => !isNamed(entry, clusters, fitted)).map(withoutCluster),
      ...otherThings(circumstances, trustedLines(clusters)),
    ],
  };
}

function foundCluster(fitted: Topology, entries: readonly FoundEntry[]): FoundCluster {
  const topology = asWritten(fitted);
  const { links, trusts = [] } = fitted;
  const pairs = new Set([
    ...links.map(({ from, to }) => pairOf(from, to)),
    ...trusts.map(({ server, peer }) => pairOf(peer, server)),
  ]);
  return { topology, entries: entries.filter(({ holder, about }) => pairs.has(pairOf(holder, about))) };
}

/** Lists the trusted addresses of all clusters, by server. */
function trustedLines(clusters: readonly FoundCluster[]): Record<string, string[]> {
  const lists = clusters.flatMap(({ topology }) =>
    Object.entries(completeTopology(topology).trustedAddresses ?? {}),
  );
  return Object.fromEntries(lists);
}

/** Whether an entry is in a cluster, or a rule that it breaks is told. */
function isNamed(
  { holder, about }: FoundEntry,
  clusters: readonly FoundCluster[],
  fitted: readonly FittedTopology[],
): boolean {
  const adopted = clusters.flatMap((cluster) => cluster.entries);
  const broken = fitted.flatMap(({ refused }) => refused.flatMap(({ link }) => link ?? []));
  return (
    adopted.some((entry) => entry.holder === holder && entry.about === about) ||
    broken.some(({ from, to }) => from === holder && to === about)
  );
}

function withoutCluster({ holder, about }: FoundEntry): LeftAlone {
  return {
    server: holder,
    what: `entry for ${about}`,
    why: "the links that it belongs with are left alone",
    fix: `Mend the links between ${holder} and ${about} and run the command again.`,
  };
}

function brokenRule({ rule, servers, link, message, fix }: Finding): LeftAlone {
  const [server = ""] = link ? [link.from] : servers;
  const what = link ? `link to ${link.to}` : `cluster of ${listText(servers)}`;
  return { server, what, why: `the rule ${rule} can't be overridden: ${message.replace(/\.$/, "")}`, fix };
}

function pairOf(holder: string, about: string): string {
  return `${holder}\0${about}`;
}
