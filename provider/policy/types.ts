/** Types of the resources that the policies look at, as they stand in every state. */
export const types = {
  gate: "pulumi-nodejs:dynamic/whm:TopologyGate",
  member: "pulumi-nodejs:dynamic/whm:DnsClusterMember",
  trust: "pulumi-nodejs:dynamic/whm:ReverseTrust",
} as const;

/** What the two kinds of validation tell of a resource. */
export interface SeenResource {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly props: Record<string, unknown>;
}
