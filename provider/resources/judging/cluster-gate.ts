import * as pulumi from "../sdk";
import type { RiskChoices } from "../../schema/risks";
import type { Topology } from "../../schema/topology";
import type { LinkByAddress } from "../../schema/topology-gate";
import { errorsAmong, reportFindings, withoutUnusedServers, type Finding } from "../../topology";
import { keptLinks } from "./applied-parts";
import { program, linkTopologies } from "../program/program";
import { isRunByEngine } from "../program/engine-at-work";
import { linksElsewhere } from "./links-elsewhere";
import type { LinkGate } from "../program/declarations";
import { refusalOf, TopologyGate, type TopologyGateArgs } from "./topology-gate";
import { sharedVerdict } from "./verdict";

/** A cluster under construction. */
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
 * Returns why the rules reject a cluster, with all findings; undefined when they accept it. With an engine nothing is
 * thrown: a program can't know whether it runs to destroy or refresh what it once made. That has to work, and the
 * engine then skips the check of the gate.
 *
 * @throws ResourceError when there is no engine to run the check
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

/** Gate of a rejected cluster. */
export interface RejectingGate extends LinkGate {
  /**
   * Resolves only when the engine has not run the gate's check: the run makes nothing, or `--target` has left the gate
   * out. Resolves to no resources, because a rejecting gate is in no state and nothing may depend on it.
   */
  readonly passed: Promise<pulumi.Resource[]>;
}

/**
 * Makes the gate of a rejected cluster; returns undefined for an accepted one. Like the gate of rejected links it belongs
 * to the default provider, whose checks the engine never skips. If the gate is left out, a warning shows the findings.
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

/** Resources that a gate needs. */
interface GateNeeds {
  provider: pulumi.ProviderResource | undefined;
  /** Provider that the cluster's synchronisations need. Without it nothing is made. */
  commands: pulumi.ProviderResource | undefined;
  /** How the risks of a change are judged. */
  choices: RiskChoices;
}

/** Gate of an accepted cluster. */
export interface ClusterGate extends LinkGate {
  /** Links from its servers that the program declares elsewhere, where they are judged. */
  readonly elsewhere: Promise<LinkByAddress[] | undefined>;
}

/** Makes the gate with the cluster's provider, because it looks at the servers before anything is written. */
export function gateOfCluster(
  cluster: JudgedResource,
  name: string,
  { provider, commands, choices }: GateNeeds,
): ClusterGate {
  // The gate looks at every server that it names. A server without links may be down or gone.
  const topology = withoutUnusedServers(cluster.topology);
  const unlinked = serversBeyond(topology, cluster.topology);
  const everything = program();
  const rejection = sharedVerdict();
  const elsewhere = rejection.then(() => {
    const links = linkTopologies(everything);
    return linksElsewhere(topology, [
      ...everything.connections.connectedWith(cluster.topology, links),
      ...links,
    ]);
  });
  const kept = rejection.then(() => keptLinks(everything, cluster));
  const options = {
    parent: cluster,
    ...(provider && { provider }),
    ...(commands && { dependsOn: commands }),
  };
  const gate = new TopologyGate(
    name,
    { topology, ...unlinked, elsewhere, kept, rejection, ...choices },
    options,
  );
  return { gate, refusal: refusalOf(gate, topology), elsewhere };
}

/** Returns the servers that are declared with the cluster and used by nothing in it. Policies judge them with the rest. */
function serversBeyond(used: Topology, { servers }: Topology): Pick<TopologyGateArgs, "unlinked"> {
  const others = Object.entries(servers).filter(([name]) => !Object.hasOwn(used.servers, name));
  return others.length > 0 ? { unlinked: Object.fromEntries(others) } : {};
}
