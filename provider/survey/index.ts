export * from "./audit";
export { lookAt, type Looked, type Pace } from "./at-once";
export {
  examineServers,
  failed,
  ok,
  skipped,
  whyUnreadable,
  type Check,
  type CheckResult,
  type CheckState,
  type Examination,
} from "./checks";
export { changedSince } from "./changed-since";
export { refuseOtherMachine } from "./expected-machines";
export { surveyServers } from "./survey-servers";
export type { ServerSurvey, Survey, TokenUse } from "./server-survey";
export type { FoundEntry, LeftAlone } from "./found/found-entry";
export { findClusters, type Found, type FoundCluster } from "./found/found-clusters";
export { endOf, type TriedWay, type WayNeed, type WayState } from "./reach";
export * from "./status";
export * from "./tokens";
