import type { Topology } from "../../schema/topology";
import { MalformedError } from "../../schema/parse";
import { isNameserver } from "../../topology";
import type { ClusterParts } from "./cluster-parts";
import { commandPackage } from "./command-package";
import type { Synchronisation } from "./synchronisation";
import { commandConnection, type CommandConnection } from "./command-connection";
import { addressKey, memberKey, syncKey, trustKey } from "./part-names";
import type { Connections } from "../program/provider-facts";
import { programError } from "../program/program-error";
import * as pulumi from "../sdk";
import type { ConnectionArgs } from "../server-args";
import { withoutPositions } from "../program/without-positions";

/**
 * Links carry changes of zones; existing zones are sent only on request. `dnscluster` reports nothing by its exit
 * status: for an unknown subcommand it prints its help and ends with 0. Without `-F` it takes only the zones of the
 * server's own accounts. Root's log-in shell only starts `sh`, as csh and fish speak another language; they all read this
 * in quotes as it is, because it has no quote, exclamation mark or double backslash.
 */
const script = [
  "said=$(/usr/local/cpanel/scripts/dnscluster syncall 2>&1)",
  "code=$?",
  "case $said in *[Uu]sage:*|*synczonelocal*) " +
    'echo "dnscluster has printed its help and synchronised nothing:"; code=1;; esac',
  'printf "%s\\n" "$said" | tail -n 20',
  "exit $code",
].join("; ");

/** The command line that synchronises a server. */
export const synchronise = `/bin/sh -c '${script}'`;

/** A web server whose zones are sent when its links have changed. */
export interface PlannedSync {
  readonly server: string;
  readonly connection: pulumi.Input<CommandConnection>;
  /** Its links and their settings. A changed list runs the synchronisation again. */
  readonly triggers: readonly string[];
}

/**
 * Plans the synchronisations of a cluster: one for each web server that feeds others.
 *
 * @throws MalformedError when one of them has no connection, or `@pulumi/command` can't use it safely
 */
export function planSyncs(cluster: string, topology: Topology, known: Connections): PlannedSync[] {
  return Object.entries(topology.servers)
    .filter(([, server]) => !isNameserver(server))
    .map(([server]) => ({ server, triggers: linksOf(server, topology) }))
    .filter(({ triggers }) => triggers.length > 0)
    .map((sync) => ({ ...sync, connection: connectionFor(cluster, sync.server, known[sync.server]) }));
}

interface SyncOptions {
  readonly topology: Topology;
  readonly parts: ClusterParts;
  readonly parent: pulumi.Resource;
  /** Provider that runs them: see {@link syncProvider}. */
  readonly provider?: pulumi.ProviderResource;
}

/** Lists where a server's zones go, in which role and to which address. Sorted: the order in the program doesn't matter. */
function linksOf(server: string, { servers, links }: Topology): string[] {
  return links
    .filter(({ from, role }) => from === server && role !== "standalone")
    .map(({ to, role }) => `${to} ${role} ${servers[to]?.address}`)
    .sort();
}

/**
 * Returns the provider that runs the synchronisations: the program's own, else a new one; undefined when there is nothing
 * to run. The cluster's gate waits for it, so that nothing is made when the plugin of `@pulumi/command` is missing.
 */
export function syncProvider(
  cluster: string,
  planned: readonly PlannedSync[],
  parent: pulumi.ComponentResource,
): pulumi.ProviderResource | undefined {
  if (planned.length === 0) return undefined;
  const { Provider } = commandPackage(cluster);
  return parent.getProvider("command:remote:Command") ?? new Provider(`${cluster}-sync`, {}, { parent });
}

/** Makes the synchronisations. Each runs after everything that its server's zones need on their way. */
export function syncsAfterChange(
  cluster: string,
  planned: readonly PlannedSync[],
  { topology, parts, ...options }: SyncOptions,
): Record<string, Synchronisation> {
  if (planned.length === 0) return {};
  const { remote } = commandPackage(cluster);
  return withoutPositions(() => {
    const made = planned.map(({ server, connection, triggers }): [string, Synchronisation] => {
      const args = {
        connection,
        triggers: [...triggers],
        create: synchronise,
        // A changed credential is stored and tried. It is no reason to synchronise.
        update: "true",
      };
      const dependsOn = partsOnTheWay(server, topology, parts);
      return [server, new remote.Command(`${cluster}-${syncKey(server)}`, args, { ...options, dependsOn })];
    });
    return Object.fromEntries(made);
  });
}

/** Lists what a web server and the nameservers store about each other. */
function partsOnTheWay(name: string, topology: Topology, parts: ClusterParts): pulumi.Resource[] {
  const isOnTheWay = (server: string): boolean => {
    const facts = topology.servers[server];
    return server === name || (facts !== undefined && isNameserver(facts));
  };
  const isBetween = (one: string, other: string): boolean => isOnTheWay(one) && isOnTheWay(other);
  const members = topology.links
    .filter(({ from, to }) => isBetween(from, to))
    .map((link) => parts.members[memberKey(link)]);
  const trusts = (topology.trusts ?? [])
    .filter(({ server, peer }) => isBetween(server, peer))
    .map((trust) => parts.trusts[trustKey(trust)]);
  const addresses = (topology.trustedAddresses?.[name] ?? []).map(
    (address) => parts.trustedAddresses[addressKey(name, address)],
  );
  return [...members, ...trusts, ...addresses].filter((part) => part !== undefined);
}

function connectionFor(
  cluster: string,
  server: string,
  given: pulumi.Input<ConnectionArgs> | undefined,
): pulumi.Input<CommandConnection> {
  const subject = `The connection of ${server}, as syncAfterChange of the cluster ${cluster} needs it,`;
  if (given === undefined) throw new MalformedError(subject, ["(root): must be given"]);
  if (isPlain(given)) return pulumi.secret(commandConnection(given, subject));
  return pulumi.secret(pulumi.output(given).apply((known) => connectionLater(known, subject)));
}

function connectionLater(known: unknown, subject: string): CommandConnection {
  try {
    return commandConnection(known, subject);
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw programError(error.message);
  }
}

/** Whether a value contains nothing that comes from another resource. */
function isPlain(value: unknown): boolean {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return false;
  return typeof value !== "object" || value === null || Object.values(value).every(isPlain);
}
