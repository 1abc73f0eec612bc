import type { remote } from "@pulumi/command";
import * as pulumi from "./sdk";
import { dnsCluster as schema } from "../schema/dns-cluster";
import { parse } from "../schema/parse";
import type { Topology } from "../schema/topology";
import { classify, completeTopology, withoutUnusedServers, type Finding, type Shape } from "../topology";
import {
  findingsOnCluster,
  gateOfCluster,
  rejectingGateOf,
  rejectionOfCluster,
} from "./judging/cluster-gate";
import { clusterParts, type ClusterParts } from "./cluster/cluster-parts";
import type { DnsClusterArgs } from "./cluster/dns-cluster-args";
import { hasType, typeToken } from "./dynamic";
import { takePartNames } from "./cluster/part-names";
import { connectionsOf, providerFacts } from "./program/plain-servers";
import { Provider } from "./provider";
import { asProgramErrors } from "./program/program-error";
import { planSyncs, syncProvider, syncsAfterChange, type PlannedSync } from "./cluster/sync-after-change";

const type = "whm:index:DnsCluster";

/**
 * A whole DNS cluster in one declaration: tokens, members, trusted addresses and reverse trusts follow from its servers
 * and links. A structure that the rules reject fails before anything is made; all findings are listed at once.
 *
 * ```ts
 * const cluster = new whm.DnsCluster("prod", {
 *   servers: { web1: { type: "cpanel", address: "192.0.2.10", connection }, ns1: { type: "dnsonly", address: "192.0.2.53", connection } },
 *   links: [{ from: "web1", to: "ns1", role: "sync" }],
 * });
 * ```
 */
export class DnsCluster extends pulumi.ComponentResource {
  /** @internal */
  static readonly __pulumiType = type;

  /** What the cluster is: servers and links with trusts and trusted addresses filled in. */
  readonly topology: Topology;
  /** What the rules say of it: warnings, unless they reject it. */
  readonly findings: Finding[];
  /** Its shape by cPanel's guide; null when no zone flows. */
  readonly shape: Shape | null;
  /** Everything that was made for it. */
  readonly parts: ClusterParts;
  /** By web server: what `syncAfterChange` ran on it, with the end of what was printed in `stdout`. */
  readonly synchronisations: Readonly<Record<string, remote.Command>>;

  /**
   * @param name name of the cluster in the stack; each of its parts is named after it and the servers concerned
   * @param args servers, links, and what differs from what follows from them
   * @param opts `provider`: the {@link Provider} that knows the servers; without one it is made from `servers`
   * @throws ResourceError under mocks, in a program's unit tests, when the rules reject the cluster, alone or together with
   * what was declared before, with all findings; with an engine the plan fails with them
   * @throws RunError for a malformed argument
   */
  constructor(name: string, args: DnsClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    // No arguments go to the engine: it would store them in the component's state, credentials too.
    super(type, name, {}, opts);
    const given = givenProvider(this, args, opts);
    const judged = asProgramErrors(() => readAndJudge(this, name, args, given));
    this.topology = judged.topology;
    this.findings = judged.findings;
    const { syncs, rejection } = judged;
    this.shape = classify(this.topology);
    // Nothing of a cluster that is rejected comes before its gate: another error would stop the run before the findings show.
    const rejecting = rejectingGateOf(this, name, rejection);
    const provider = given ?? ownProvider(this, name, args, rejecting?.passed);
    const commands = rejecting ? undefined : syncProvider(name, syncs, this);
    const { gate, refusal } = rejecting ?? gateOfCluster(this, name, { provider, commands });
    this.parts = clusterParts(name, {
      topology: this.topology,
      tokens: args.tokens ?? {},
      adopt: args.adopt ?? false,
      options: { parent: this, dependsOn: [gate], ...(provider && { provider }) },
      refusal,
    });
    this.synchronisations = syncsAfterChange(name, rejection === undefined ? syncs : [], {
      topology: this.topology,
      parts: this.parts,
      parent: this,
      ...(commands && { provider: commands }),
    });
    this.registerOutputs({ shape: this.shape });
  }

  /** Whether an object is a DnsCluster, also one of another copy of this package. */
  static override isInstance(object: unknown): object is DnsCluster {
    return hasType(object, type);
  }
}

/** A provider among the options; for a cluster without servers of its own also one that a component around it has. */
function givenProvider(
  cluster: DnsCluster,
  { servers }: DnsClusterArgs,
  opts: pulumi.ComponentResourceOptions | undefined,
): pulumi.ProviderResource | undefined {
  const isMeant = servers === undefined || opts?.provider !== undefined || opts?.providers !== undefined;
  return isMeant ? cluster.getProvider(typeToken("DnsClusterMember")) : undefined;
}

/** Without servers of its own the cluster's are those of the stack's configuration, which the default provider has. */
function ownProvider(
  cluster: DnsCluster,
  name: string,
  { servers }: DnsClusterArgs,
  dependsOn: Promise<pulumi.Resource[]> | undefined,
): Provider | undefined {
  return servers && new Provider(name, { servers }, { parent: cluster, ...(dependsOn && { dependsOn }) });
}

interface JudgedCluster {
  readonly topology: Topology;
  readonly syncs: PlannedSync[];
  readonly findings: Finding[];
  /** Why the rules reject the cluster; undefined when they accept it. */
  readonly rejection: string | undefined;
}

function readAndJudge(
  cluster: DnsCluster,
  name: string,
  args: DnsClusterArgs,
  provider: pulumi.ProviderResource | undefined,
): JudgedCluster {
  const topology = readTopology(name, args, provider);
  const syncs = plannedSyncs(name, topology, args, provider);
  const findings = findingsOnCluster(cluster, name, topology);
  const rejection = rejectionOfCluster(cluster, name, { topology, findings });
  if (rejection === undefined) takePartNames(cluster, name, topology, syncs);
  return { topology, syncs, findings, rejection };
}

function readTopology(
  name: string,
  args: DnsClusterArgs,
  provider: pulumi.ProviderResource | undefined,
): Topology {
  const servers = args.servers ?? providerFacts(provider && { provider }, type).servers;
  const {
    tokens: _tokens,
    syncAfterChange: _sync,
    adopt: _adopt,
    ...topology
  } = parse(schema, { ...args, servers }, `The cluster ${name}`);
  // Servers of its own are declared with it; a provider may know many more than the cluster links.
  return completeTopology(args.servers ? topology : { ...topology, servers: usedServers(topology) });
}

function usedServers(topology: Topology): Topology["servers"] {
  const used = withoutUnusedServers(topology).servers;
  return Object.fromEntries(Object.entries(topology.servers).filter(([name]) => Object.hasOwn(used, name)));
}

function plannedSyncs(
  name: string,
  topology: Topology,
  { servers, syncAfterChange }: DnsClusterArgs,
  provider: pulumi.ProviderResource | undefined,
): PlannedSync[] {
  return syncAfterChange === true ? planSyncs(name, topology, connectionsOf(servers, provider)) : [];
}
