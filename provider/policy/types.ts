/** Types of the resources that the policies check, as they are in every state. */
export const types = {
  gate: "pulumi-nodejs:dynamic/whm:TopologyGate",
  member: "pulumi-nodejs:dynamic/whm:DnsClusterMember",
  trust: "pulumi-nodejs:dynamic/whm:ReverseTrust",
} as const;

/** What both kinds of validation tell about a resource. */
export interface SeenResource {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly props: Record<string, unknown>;
}
