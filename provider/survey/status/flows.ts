import { walk } from "../../topology";
import type { ClusterStatus } from "./cluster-status";
import { fedKeys } from "./members";

/** Where zones flow, by the links that stand on the servers read. */
export interface Flows {
  /** Names of the servers that a server feeds, directly or through others, by its name. */
  readonly reachedFrom: (name: string) => ReadonlySet<string>;
  /** Names of the nameservers among them that could be read, nearest first. */
  readonly nameserversFrom: (name: string) => readonly string[];
}

/** Follows the feeding links of all servers. Clustering that is off, and disabled members, are passing troubles. */
export function findFlows({ servers, nameAt }: ClusterStatus): Flows {
  const fed = new Map(
    [...servers.values()].map((server) => {
      const peers = fedKeys(server).flatMap((key) => nameAt(key) ?? []);
      return [server.name, peers.filter((peer) => peer !== server.name)];
    }),
  );
  const reached = new Map(
    [...servers.keys()].map((name) => [name, walk([name], (step) => fed.get(step) ?? []).slice(1)]),
  );
  const sets = new Map([...reached].map(([name, names]) => [name, new Set(names)]));
  return {
    reachedFrom: (name) => sets.get(name) ?? new Set(),
    nameserversFrom: (name) =>
      (reached.get(name) ?? []).filter((each) => servers.get(each)?.isNameserver === true),
  };
}
