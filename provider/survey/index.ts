export { lookAt, type Looked, type Pace } from "./at-once";
export { surveyServers } from "./survey-servers";
export type { ServerSurvey, Survey, TokenUse } from "./server-survey";
