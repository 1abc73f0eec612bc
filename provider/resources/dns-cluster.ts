import * as pulumi from "./sdk";
import { dnsCluster as schema } from "../schema/dns-cluster";
import { parse } from "../schema/parse";
import { riskChoicesAmong } from "../schema/risks";
import type { Topology } from "../schema/topology";
import { classify, completeTopology, withoutUnusedServers, type Finding, type Shape } from "../topology";
import {
  findingsOnCluster,
  gateOfCluster,
  rejectingGateOf,
  rejectionOfCluster,
} from "./judging/cluster-gate";
import { warnOfDrains } from "./judging/warn-of-drains";
import { clusterParts, type ClusterParts } from "./cluster/cluster-parts";
import type { Synchronisation } from "./cluster/synchronisation";
import type { ClusterProof } from "./cluster/cluster-proof";
import type { DnsClusterArgs } from "./cluster/dns-cluster-args";
import { hasType, typeToken } from "./dynamic";
import { takePartNames } from "./cluster/part-names";
import { proofOfCluster } from "./cluster/proof-of-cluster";
import { refuseUnknownRotation } from "./cluster/rotation";
import { connectionsOf, providerFacts } from "./program/plain-servers";
import { Provider } from "./provider";
import { refuseNoObject, refuseOverrides } from "./program/given-arguments";
import { asProgramErrors } from "./program/program-error";
import { planSyncs, syncProvider, syncsAfterChange, type PlannedSync } from "./cluster/sync-after-change";

const type = "whm:index:DnsCluster";

/**
 * A whole DNS cluster in one declaration. Derives tokens, members, trusted addresses and reverse trusts from the servers
 * and links. A structure that the rules reject fails before anything is made, and all findings are listed at once.
 *
 * @example
 * ```ts
 * import * as whm from "pulumi-whm";
 *
 * const ssh = { user: "root", privateKeyFile: "~/.ssh/id_ed25519" };
 * const cluster = new whm.DnsCluster("prod", {
 *   servers: {
 *     web1: { type: "cpanel", address: "192.0.2.10", connection: { host: "web1.example.com", ...ssh } },
 *     ns1: { type: "dnsonly", address: "192.0.2.53", connection: { host: "ns1.example.com", ...ssh } },
 *   },
 *   links: [{ from: "web1", to: "ns1", role: "sync" }],
 * });
 *
 * export const shape = cluster.shape;
 * ```
 */
export class DnsCluster extends pulumi.ComponentResource {
  /** @internal */
  static readonly __pulumiType = type;

  /** Topology of the cluster: its servers and links, with trusts, trusted addresses and tokens filled in. */
  readonly topology: Topology;
  /** Findings of the rules: warnings only, unless the cluster is rejected. */
  readonly findings: Finding[];
  /** Shape of the cluster according to cPanel's guide; null when no zone flows. */
  readonly shape: Shape | null;
  /** Resources of the cluster. */
  readonly parts: ClusterParts;
  /** Commands that `syncAfterChange` runs, by web server. */
  readonly synchronisations: Readonly<Record<string, Synchronisation>>;
  /** Resource that looks at the cluster again after the last write of a run. */
  readonly proof: ClusterProof;

  /**
   * @param name Name of the cluster in the stack. Each of its parts is named after it and the servers concerned.
   * @param args Servers, links, and settings that replace what is derived from them.
   * @param opts Options of the component. `provider` is the {@link Provider} that knows the servers; the default is
   * made from `servers`.
   * @throws ResourceError in unit tests with mocks, when the rules reject the cluster, alone or together with what was
   * declared before. Lists all findings; with an engine the plan fails with them instead.
   * @throws RunError for a malformed argument.
   */
  constructor(name: string, args: DnsClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    // No arguments go to the engine: it would store them, credentials included, in the component's state.
    super(type, name, {}, opts);
    asProgramErrors(() => refuseNoObject(args, `The cluster ${name}`));
    const given = givenProvider(this, args, opts);
    const judged = asProgramErrors(() => readAndJudge(this, name, args, given));
    this.topology = judged.topology;
    this.findings = judged.findings;
    const { syncs, rejection } = judged;
    this.shape = classify(this.topology);
    // A rejected cluster makes nothing before its gate: another error would stop the run before the findings are shown.
    const rejecting = rejectingGateOf(this, name, rejection);
    const provider = given ?? ownProvider(this, name, args, rejecting?.passed);
    const commands = rejecting ? undefined : syncProvider(name, syncs, this);
    const choices = riskChoicesAmong(args);
    const gate = rejecting ?? gateOfCluster(this, name, { provider, commands, choices });
    const options = { parent: this, dependsOn: [gate.gate], ...(provider && { provider }) };
    this.parts = clusterParts(name, {
      topology: this.topology,
      tokens: args.tokens ?? {},
      adopt: args.adopt ?? false,
      options,
      refusal: gate.refusal,
    });
    this.synchronisations = syncsAfterChange(name, rejection === undefined ? syncs : [], {
      topology: this.topology,
      parts: this.parts,
      parent: this,
      ...(commands && { provider: commands }),
    });
    this.proof = proofOfCluster(name, {
      topology: this.topology,
      parts: this.parts,
      synchronisations: this.synchronisations,
      proof: args.proof,
      guardDestroy: args.guardDestroy,
      elsewhere: "elsewhere" in gate ? gate.elsewhere : undefined,
      options,
    });
    this.registerOutputs({ shape: this.shape });
  }

  /** Returns true if the object is a `DnsCluster`, even when it comes from another copy of this package. */
  static override isInstance(object: unknown): object is DnsCluster {
    return hasType(object, type);
  }
}

/** Returns a provider from the options. A cluster without its own servers may also take one from a parent component. */
function givenProvider(
  cluster: DnsCluster,
  { servers }: DnsClusterArgs,
  opts: pulumi.ComponentResourceOptions | undefined,
): pulumi.ProviderResource | undefined {
  const isMeant = servers === undefined || opts?.provider !== undefined || opts?.providers !== undefined;
  return isMeant ? cluster.getProvider(typeToken("DnsClusterMember")) : undefined;
}

/** Without its own servers, a cluster uses those of the stack's configuration, which the default provider has. */
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
  warnOfDrains(topology, cluster);
  if (rejection === undefined) {
    takePartNames(cluster, name, topology, syncs);
    refuseUnknownRotation(name, args.tokens?.rotate, topology);
  }
  return { topology, syncs, findings, rejection };
}

function readTopology(
  name: string,
  args: DnsClusterArgs,
  provider: pulumi.ProviderResource | undefined,
): Topology {
  const subject = `The cluster ${name}`;
  const servers = args.servers ?? providerFacts(provider && { provider }, type).servers;
  const {
    tokens: _tokens,
    syncAfterChange: _sync,
    adopt: _adopt,
    risks: _risks,
    allow: _allow,
    proof: _proof,
    guardDestroy: _guard,
    ...topology
  } = parse(schema, { ...args, servers }, subject);
  refuseOverrides(topology.rules, subject);
  // A cluster's own servers are all declared with it. A provider may know many more than the cluster links.
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
