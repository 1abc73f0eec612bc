import type { TopologyInput } from "../../schema/topology";
import { qualifyNames, type Namesakes } from "../model/merge";
import { usedPart } from "../model/parts";
import type { DeclaredTopology } from "../model/read-topology";
import { addressesOf } from "../model/server";
import { walk } from "../model/walk";
import { findingsBeyond, type Finding } from "./finding";
import { readForJudgement } from "./validate";
import { judgeParts } from "./validate-declared";

/** A cluster as declared, and as the rules read it: with names that are valid across the program. */
interface DeclaredCluster {
  /** Number of clusters declared before it. If two clusters differ about a server, the first one counts. */
  readonly place: number;
  readonly topology: TopologyInput;
  readonly part: DeclaredTopology;
}

/**
 * The clusters of a program, judged in the order of declaration. Each is judged together with those that it shares a
 * server with, directly or through others, so that the cost grows with the number of clusters and not with its square.
 */
export class DeclaredClusters {
  private readonly namesakes: Namesakes = new Map();
  /** Clusters by the names and addresses of their servers. */
  private readonly byMark = new Map<string, DeclaredCluster[]>();
  private readonly declared = new Map<TopologyInput, DeclaredCluster>();

  /**
   * Adds a cluster.
   *
   * @param linkByLink declarations made link by link so far, one topology for each provider
   * @returns findings that the cluster adds to those on everything declared before
   * @throws TopologyError when it is malformed or its overrides are not allowed
   */
  add(topology: TopologyInput, linkByLink: readonly TopologyInput[]): Finding[] {
    const [part] = qualifyNames(readForJudgement([topology]), this.namesakes);
    const added = { place: this.declared.size, topology, part: part! };
    this.declared.set(topology, added);
    for (const mark of marksIn(added.part)) {
      this.byMark.set(mark, [...(this.byMark.get(mark) ?? []), added]);
    }
    const links = this.qualified(linkByLink);
    const near = this.near(added, links).filter((each) => each !== added);
    const clusters = near.map((each) => each.part);
    return findingsBeyond(
      judgeParts({ clusters, links }),
      judgeParts({ clusters: [...clusters, added.part], links }),
    );
  }

  /** Lists the other clusters that share a server with an added one, directly or through others. */
  connectedWith(topology: TopologyInput, linkByLink: readonly TopologyInput[]): TopologyInput[] {
    const own = this.declared.get(topology);
    const near = own ? this.near(own, this.qualified(linkByLink)) : [];
    return near.map((each) => each.topology).filter((each) => each !== topology);
  }

  /** Qualifies names. Links declared one by one are named after the clusters, whenever they are declared. */
  private qualified(linkByLink: readonly TopologyInput[]): DeclaredTopology[] {
    if (linkByLink.length === 0) return [];
    const known = new Map([...this.namesakes].map(([name, servers]) => [name, [...servers]]));
    return qualifyNames(readForJudgement(linkByLink).map(usedPart), known);
  }

  /** Lists the clusters that are connected with one, which is among them: from clusters to their marks and back. */
  private near(own: DeclaredCluster, links: readonly DeclaredTopology[]): DeclaredCluster[] {
    const neighbours = (each: DeclaredCluster | string): readonly (DeclaredCluster | string)[] =>
      typeof each === "string" ? (this.byMark.get(each) ?? []) : marksIn(each.part);
    return walk([own, ...links.flatMap(marksIn)], neighbours)
      .filter((each) => typeof each !== "string")
      .sort((left, right) => left.place - right.place);
  }
}

/** Lists what identifies servers across clusters: their names and addresses. */
function marksIn({ servers, links, trusts = [] }: DeclaredTopology): string[] {
  const known = [...servers.values()].flatMap((server) => [
    ...addressesOf(server),
    ...(server.hostname === undefined ? [] : [server.hostname.toLowerCase()]),
  ]);
  const ends = [
    ...links.map(({ from, to }) => [from, to]),
    ...trusts.map(({ server, peer }) => [server, peer]),
  ];
  return [...new Set([...known, ...[...servers.keys(), ...ends.flat()].map((name) => `server ${name}`)])];
}
