export * from "./audit";
export { lookAt, type Looked, type Pace } from "./at-once";
export { surveyServers } from "./survey-servers";
export type { ServerSurvey, Survey, TokenUse } from "./server-survey";
export type { FoundEntry, LeftAlone } from "./found/entries";
export { findClusters, type Found, type FoundCluster } from "./found/found-clusters";
export * from "./status";
