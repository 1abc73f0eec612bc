export { classify, shapeTitles, type Shape } from "./classify";
export {
  compareTopologies,
  type ChangedAttribute,
  type ChangedLink,
  type ChangedServer,
  type TopologyComparison,
} from "./compare";
export { splitIntoClusters } from "./components";
export { connectedWith } from "./connected";
export { completeTopology, neededTokens, neededTrustedAddresses, neededTrusts } from "./derive";
export { TopologyError } from "./errors";
export type { Finding } from "./finding";
export { findingsBeyond } from "./findings-beyond";
export { buildGraph, type ClusterGraph, type FeedingLink } from "./graph";
export { withoutUnusedServers } from "./parts";
export { overrideProblems } from "./overrides";
export { readTopology, type DeclaredTopology } from "./read-topology";
export { renderComparison, renderFormats, renderMarkdown, renderTopology, type RenderFormat } from "./render";
export { findingText } from "./finding-text";
export { findingLines, reportFindings } from "./report";
export type { GuideLine, LinkEnds, RawFinding, Rule, Severity } from "./rule";
export { findRule, rules, type RuleId } from "./rules";
export { isNameserver, type ClusterServer } from "./server";
export { isSameTopology, topologyMark } from "./same-topology";
export { errorsAmong, isRejected, validateTopology } from "./validate";
export { mergedTopology, validateDeclared } from "./validate-declared";
export { validateGrouped, type Grouping } from "./validate-grouped";
export { validateWithHeld, withHeldLinks, type HeldLinks } from "./validate-with-held";
export { viaOfLink, viaOfTrust } from "./via";
export { verdictWords } from "./verdict-words";
export { listText } from "./words";
