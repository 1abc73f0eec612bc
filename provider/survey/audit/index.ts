export { auditSurvey, type Audit, type AuditedElement } from "./audit";
export { declarationOf, type Declaration, type DeclaredToken, type TokenSettings } from "./declaration";
export { differenceKinds, type Difference, type DifferenceKind } from "./difference";
export { nameAt } from "./look";
export { namesIn, type KnownServers } from "./known-servers";
