import * as pulumi from "../sdk";
import type { Topology } from "../../schema/topology";
import { errorsAmong, reportFindings, withoutUnusedServers, type Finding } from "../../topology";
import { keptLinks } from "./applied-parts";
import { program, linkTopologies } from "../program/program";
import { isRunByEngine } from "../program/engine-at-work";
import { linksElsewhere } from "./links-elsewhere";
import type { LinkGate } from "../program/declarations";
import { refusalOf, TopologyGate, type TopologyGateArgs } from "./topology-gate";
import { sharedVerdict } from "./verdict";

/** A cluster that is being made. */
interface JudgedResource extends pulumi.ComponentResource {
  readonly topology: Topology;
}

/** Judges the cluster together with those declared before it. */
export function findingsOnCluster(cluster: pulumi.Resource, name: string, topology: Topology): Finding[] {
  const everything = program();
  everything.clusters.push(topology);
  const findings = everything.connections.add(topology, linkTopologies(everything));
  if (findings.length > 0 && errorsAmong(findings).length === 0) {
    void pulumi.log.warn(reportFindings(findings, `Warnings for the cluster ${name}`), cluster);
  }
  return findings;
}

/**
 * Why the rules reject a cluster, with all findings; undefined when they accept it. With an engine nothing is thrown: a
 * program cannot know whether it is run to destroy or to refresh what it once made, which has to work, and what the engine
 * does not ask for then is the check of the gate.
 *
 * @throws ResourceError where no engine would ask
 */
export function rejectionOfCluster(
  cluster: pulumi.Resource,
  name: string,
  { topology, findings }: { readonly topology: Topology; readonly findings: readonly Finding[] },
): string | undefined {
  const errors = errorsAmong(findings);
  if (errors.length === 0) return undefined;
  const text = reportFindings(errors, `The cluster ${name} is rejected`, topology);
  if (!isRunByEngine()) throw new pulumi.ResourceError(text, cluster, true);
  return text;
}

/** The gate of a cluster that is rejected. */
export interface RejectingGate extends LinkGate {
  /**
   * Resolves when the engine has not asked it: nothing is made in such a run, or `--target` has left the gate out. Never
   * else. It resolves to no resources, since what waits for it shall not depend on it: a rejecting gate is in no state.
   */
  readonly passed: Promise<pulumi.Resource[]>;
}

/**
 * The gate of a cluster that is rejected; undefined for one that is accepted. Like the gate of links that are rejected it
 * stands under the default provider: the engine skips no check of that. Where it is left out, a warning has the findings.
 */
export function rejectingGateOf(
  cluster: pulumi.Resource,
  name: string,
  rejection: string | undefined,
): RejectingGate | undefined {
  if (rejection === undefined) return undefined;
  const gate = new TopologyGate(name, { topology: { servers: {}, links: [] }, rejection });
  const passed = new Promise<pulumi.Resource[]>((resolve) => {
    gate.urn.apply(() => pulumi.log.warn(rejection, cluster).then(() => resolve([])));
  });
  return { gate, refusal: pulumi.output(rejection), passed };
}

/** What a gate is made with. */
interface GateNeeds {
  provider: pulumi.ProviderResource | undefined;
  /** What the synchronisations of the cluster need: without it nothing is made. */
  commands: pulumi.ProviderResource | undefined;
}

/** The gate belongs to the cluster's provider: before anything is written it looks at the servers. */
export function gateOfCluster(
  cluster: JudgedResource,
  name: string,
  { provider, commands }: GateNeeds,
): LinkGate {
  // The gate looks at the servers that it names: one that nothing links may be down, or gone.
  const topology = withoutUnusedServers(cluster.topology);
  const unlinked = serversBeyond(topology, cluster.topology);
  const everything = program();
  const rejection = sharedVerdict();
  const elsewhere = rejection.then(() => {
    const others = everything.connections.connectedWith(cluster.topology);
    return linksElsewhere(topology, [...others, ...linkTopologies(everything)]);
  });
  const kept = rejection.then(() => keptLinks(everything, cluster));
  const options = {
    parent: cluster,
    ...(provider && { provider }),
    ...(commands && { dependsOn: commands }),
  };
  const gate = new TopologyGate(name, { topology, ...unlinked, elsewhere, kept, rejection }, options);
  return { gate, refusal: refusalOf(gate, topology) };
}

/** Servers that are declared with the cluster and used by nothing in it; policies judge them with the rest. */
function serversBeyond(used: Topology, { servers }: Topology): Pick<TopologyGateArgs, "unlinked"> {
  const others = Object.entries(servers).filter(([name]) => !Object.hasOwn(used.servers, name));
  return others.length > 0 ? { unlinked: Object.fromEntries(others) } : {};
}
