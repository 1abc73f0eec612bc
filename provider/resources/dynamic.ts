import { requireDirectDependency } from "./direct-dependency";

/** Types of resources that the engine's dynamic provider runs for this package. */
export type DynamicType =
  "ApiToken" | "DnsClusterMember" | "ReverseTrust" | "TopologyGate" | "TrustedRemoteIp";

/** The type token in every state file: it can never change. */
export function typeToken(type: DynamicType): string {
  return `pulumi-nodejs:dynamic/whm:${type}`;
}

/**
 * The text that the engine stores with each resource and that leads its provider process to the lifecycle. It captures
 * nothing: delete and refresh run the code that is installed, and an upgrade causes no difference. It can never change.
 */
export function providerText(type: DynamicType): string {
  requireDirectDependency();
  return `exports.handler=()=>require("pulumi-whm/runtime").provider("${type}")`;
}
