import type * as pulumi from "@pulumi/pulumi";
import { apiToken } from "./api-token";
import { clusterProof } from "./cluster-proof";
import { dnsClusterMember } from "./dns-cluster-member";
import { plainError } from "./engine/failures";
import { nodeProblem } from "./engine/node-version";
import { reverseTrust } from "./reverse-trust";
import { topologyGate } from "./topology-gate";
import { trustedRemoteIp } from "./trusted-remote-ip";

const lifecycles: Record<string, pulumi.dynamic.ResourceProvider> = {
  ApiToken: apiToken,
  ClusterProof: clusterProof,
  DnsClusterMember: dnsClusterMember,
  ReverseTrust: reverseTrust,
  TopologyGate: topologyGate,
  TrustedRemoteIp: trustedRemoteIp,
};

/**
 * Returns the lifecycle of a resource type. Every state ever written names this function in its `__provider` text, so
 * its name, its argument and the type names can never change.
 */
export function provider(type: string): pulumi.dynamic.ResourceProvider {
  const problem = nodeProblem();
  if (problem) throw plainError(problem);
  const lifecycle = lifecycles[type];
  if (lifecycle) return lifecycle;
  throw new Error(
    `This version of pulumi-whm does not know the resource type ${type}; install a newer one. Known: ${Object.keys(lifecycles).join(", ")}.`,
  );
}
