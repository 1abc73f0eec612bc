export { classify, shapeTitles, type Shape } from "./model/classify";
export {
  compareTopologies,
  type ChangedAttribute,
  type ChangedLink,
  type ChangedServer,
  type TopologyComparison,
} from "./model/compare";
export { splitIntoClusters } from "./model/components";
export { connectedWith, reachedFrom } from "./model/connected";
export { completeTopology, neededTokens, neededTrustedAddresses, neededTrusts } from "./model/derive";
export { drainSentences, storedRole } from "./model/drain";
export { endsKey } from "./model/ends-key";
export { TopologyError } from "./judge/errors";
export type { Finding } from "./judge/finding";
export { findingsBeyond } from "./judge/finding";
export { buildGraph, type ClusterGraph, type FeedingLink } from "./model/graph";
export { memoize } from "./model/memoize";
export { withoutUnusedServers } from "./model/parts";
export { overrideProblems } from "./judge/overrides";
export { readTopology, writtenTopology, type DeclaredTopology } from "./model/read-topology";
export { asManyAsFit, inWords, table } from "./render/markdown";
export { imageThemes, type ImageTheme } from "./render/svg-theme";
export { renderComparison, renderFormats, renderMarkdown, renderTopology, type RenderFormat } from "./render";
export { findingText } from "./report/finding-text";
export { findingLines, reportFindings } from "./report/report";
export type { GuideLine, LinkEnds, RawFinding, Rule, Severity } from "./judge/rule";
export { findRule, rules, type RuleId } from "./rules";
export {
  canonicalAddress,
  canonicalEntry,
  isIpv4,
  isNameserver,
  productOf,
  type ClusterServer,
} from "./model/server";
export { isSameTopology, textMark, topologyMark } from "./model/same-topology";
export { errorsAmong, isRejected, validateTopology } from "./judge/validate";
export { DeclaredClusters } from "./judge/declared-clusters";
export { mergedTopology, validateDeclared, validateGrouped, type Grouping } from "./judge/validate-declared";
export { validateWithLive, withLiveLinks, type LiveLinks } from "./judge/validate-with-live";
export { viaOfLink, viaOfTrust } from "./model/via";
export { reportRisks } from "./report/risk-report";
export {
  standingAsDeclared,
  type ClusterChange,
  type HeldZones,
  type Standing,
  type StandingLink,
} from "./risks/cluster-change";
export { compareChange, type ComparedChange } from "./risks/compare-change";
export { exampleOf, idleAllowances } from "./risks/idle-allowances";
export { judgeChange, type RiskFinding } from "./risks/judge-change";
export { findRisk, risks } from "./risks";
export type { Risk } from "./risks/risk";
export { verdictWords } from "./report/verdict-words";
export { parseVersion } from "./model/version";
export { walk } from "./model/walk";
export { withoutName } from "./report/alike";
export { compareAsRead, countText, inReadingOrder, listText, timeText } from "./report/words";
export { wrapLines } from "./report/wrap-lines";
