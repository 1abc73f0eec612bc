import { findClusters, type Found, type LeftAlone, type Survey } from "../../survey";
import type { Look } from "../look/look";
import type { AdoptOptions } from "./adopt-options";
import { clusterPrograms, type ClusterProgram } from "./cluster-program";
import { configuredServers } from "./configured-servers";
import type { TargetStack } from "./target-stack";

/** What a look at the servers gave, and where it goes. */
export interface Adoption {
  readonly options: AdoptOptions;
  readonly project: string;
  readonly target: TargetStack | undefined;
  readonly date: string;
  readonly survey: Survey;
  readonly found: Found;
  readonly clusters: readonly ClusterProgram[];
  /** Value of `whm:servers`. */
  readonly servers: string;
}

/** What was read, and for whom. */
interface Looked extends Pick<Adoption, "options" | "project" | "target" | "survey"> {
  /** Connections that lead to a server once more. */
  readonly needless: readonly LeftAlone[];
}

/** Finds the clusters in what was read, and the programs that declare them. */
export function adoptionOf(
  { needless, ...known }: Looked,
  { registry, connections }: Pick<Look, "registry" | "connections">,
): Adoption {
  const { project, target, survey } = known;
  const now = Date.now();
  const date = new Date(now).toISOString().slice(0, 10);
  const circumstances = {
    survey,
    nameAt: (address: string) => registry.nameAt(address),
    owner: target && `${target.organization}/${project}/${target.stack}`,
    now: Math.floor(now / 1000),
  };
  const { leftAlone, ...rest } = findClusters(circumstances, `found on ${date}`);
  const found = { ...rest, leftAlone: [...needless, ...leftAlone] };
  const clusters = clusterPrograms(found.clusters);
  return {
    ...known,
    date,
    found,
    clusters,
    servers: JSON.stringify(configuredServers(survey, connections, found), undefined, 2),
  };
}
