/**
 * Resources for Pulumi programs, with the rules and drawings that go with them.
 *
 * @module pulumi-whm
 */
export { ApiToken, type ApiTokenArgs } from "./resources/api-token";
export { type ClusterParts } from "./resources/cluster/cluster-parts";
export { type Synchronisation } from "./resources/cluster/synchronisation";
export { ClusterProof, type ClusterProofArgs } from "./resources/cluster/cluster-proof";
export { declaredFindings } from "./resources/program/program";
export { DnsCluster } from "./resources/dns-cluster";
export {
  type ClusterRotationArgs,
  type ClusterTokenArgs,
  type ClusterTokensArgs,
  type DnsClusterArgs,
  type LinkArgs,
  type ProofByZone,
  type ZoneProofArgs,
} from "./resources/cluster/dns-cluster-args";
export { DnsClusterMember, type DnsClusterMemberArgs } from "./resources/dns-cluster-member";
export { loadServers, loadTopology, withConnections, type LoadedTopology } from "./resources/load-files";
export { Provider, type ProviderArgs } from "./resources/provider";
export { type RotateValue } from "./resources/rotate-text";
export { ReverseTrust, type ReverseTrustArgs } from "./resources/reverse-trust";
export {
  type ApiArgs,
  type ConnectionArgs,
  type DrainArgs,
  type ProxyConnectionArgs,
  type ServerArgs,
} from "./resources/server-args";
export {
  directLinks,
  primaryNameserver,
  type ClusterShape,
  type ServersByName,
} from "./resources/cluster/shapes";
export { TopologyGate, type TopologyGateArgs } from "./resources/judging/topology-gate";
export { TrustedRemoteIp, type TrustedRemoteIpArgs } from "./resources/trusted-remote-ip";
export { MalformedError, parseTopology } from "./schema";
export { type Role } from "./schema/role";
export { type Allowance, type RiskId, type RiskSettings } from "./schema/risks";
export { type RuleOverride, type RuleOverrides } from "./schema/rule-overrides";
export { type Connection } from "./schema/connection";
export { type PlainServer, type Server } from "./schema/server";
export {
  type ClusterToken,
  type Link,
  type Topology,
  type TopologyInput,
  type Trust,
  type Via,
} from "./schema/topology";
export {
  classify,
  compareTopologies,
  completeTopology,
  isRejected,
  renderComparison,
  renderTopology,
  reportFindings,
  rules,
  splitIntoClusters,
  TopologyError,
  validateTopology,
  type ChangedAttribute,
  type ChangedLink,
  type ChangedServer,
  type Finding,
  type GuideLine,
  type ImageTheme,
  type LinkEnds,
  type RenderFormat,
  type Rule,
  type RuleId,
  type Severity,
  type Shape,
  type TopologyComparison,
} from "./topology";
