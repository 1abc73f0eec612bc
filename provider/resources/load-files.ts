import { createRequire } from "node:module";
import type { DnsClusterArgs } from "./cluster/dns-cluster-args";
import type { ServersByName } from "./cluster/shapes";
import { asProgramErrors } from "./program/program-error";
import type { ConnectionArgs, ServerArgs } from "./server-args";

/** Arguments of a `DnsCluster` from a topology file. */
export interface LoadedTopology extends DnsClusterArgs {
  /** Servers by name, without how to reach them. */
  servers: ServersByName;
}

/**
 * Reads a topology file, in YAML or JSON, as the arguments of a `DnsCluster`. `whm-dns validate` and `whm-dns graph` read
 * the same file, so that nothing has to be written twice.
 *
 * @example
 * ```ts
 * import * as whm from "pulumi-whm";
 *
 * const provider = new whm.Provider("whm", { servers: whm.loadServers("servers.yaml") });
 * new whm.DnsCluster("prod", whm.loadTopology("cluster.yaml"), { provider });
 * ```
 *
 * @param path Path of the file, from the program's folder.
 * @throws RunError with every problem of the file, its line and its column.
 */
export function loadTopology(path: string): LoadedTopology {
  return asProgramErrors(() => reader().loadTopologyFile(path)) as LoadedTopology;
}

/**
 * Reads a file of servers and how to reach them, in YAML or JSON, as `whm-dns simulate --out` and `whm-dns adopt` write it.
 *
 * @param path Path of the file, from the program's folder.
 * @throws RunError with every problem of the file, its line and its column.
 */
export function loadServers(path: string): ServersByName {
  return asProgramErrors(() => reader().loadServersFile(path)) as ServersByName;
}

/**
 * Adds to each server how to reach it.
 *
 * @param servers Servers by name, as {@link loadTopology} reads them.
 * @param connectionOf Returns the connection of a server.
 */
export function withConnections(
  servers: ServersByName,
  connectionOf: (server: ServerArgs, name: string) => ConnectionArgs,
): ServersByName {
  const entries = Object.entries(servers);
  return Object.fromEntries(
    entries.map(([name, server]) => [name, { ...server, connection: connectionOf(server, name) }]),
  );
}

const load = createRequire(__filename);

/** Loads the parser of YAML on use: most programs read no file. */
function reader(): typeof import("../files/load") {
  return load("../files/load") as typeof import("../files/load");
}
