export type { ClusterStatus, ServerHealth, StatusServer } from "./cluster-status";
export { statusKinds, type StatusFinding, type StatusKind } from "./finding";
export { judgeStatus, type JudgedStatus } from "./judge-status";
export type { MemberRow, MemberState } from "./members";
export { readStatus, type StatusRequest } from "./read-status";
export { serialRows, type SerialRow } from "./serials";
export type { TokenRow } from "./tokens";
export type { ZoneRow } from "./zones";
