export * from "./cluster";
export * from "./register";
export { soaOf, type AskOptions, type AskSoa, type SoaAnswer } from "./dns/soa-of";
export { readClock, type CommandClock } from "./clock";
export { ServerRegistry } from "./server-registry";
export { someAtOnce } from "./some-at-once";
export {
  isServerError,
  ServerError,
  type ServerErrorCode,
  serverErrorCodes,
  type ServerErrorDetails,
} from "./errors";
export { redact, Secret } from "./secret";
export { keysOfNamesake } from "./ssh/keys-of-namesake";
export { Server, type ServerOptions } from "./server";
export type { DialProgress, DialStep, HopPlace } from "./ssh/dial-progress";
export { hostText, placeOf } from "./ssh/place";
export type { CommandOptions, CommandResult } from "./ssh/exec";
export type { FileStatus, Files } from "./sftp/files";
export type { AtomicWriteOptions } from "./sftp/replace-file";
export type { ApiParameters, CallOptions, WhmApi } from "./whm/api";
export {
  adddns,
  type AdddnsRequest,
  apiTokenCreate,
  type ApiTokenCreateRequest,
  type ApiTokenDetails,
  apiTokenGetDetails,
  type ApiTokenGetDetailsRequest,
  apiTokenList,
  apiTokenRevoke,
  type ApiTokenRevokeRequest,
  apiTokenUpdate,
  type ApiTokenUpdateRequest,
  applist,
  clusterMemberHasTrustWith,
  type CreatedApiToken,
  gethostname,
  killdns,
  type KilldnsRequest,
  myprivs,
  type TrustRequest,
  version,
} from "./whm/functions";
export { isAcceptedFrom } from "./whm/token-addresses";
export { isBehindBastion } from "./ssh/route";
export { tokenOfSecret } from "./whm/token-of-secret";
export { presentToken, tlsOf, type PresentedToken } from "./whm/present-token";
export { apiHost, whmPort } from "./whm/own-api";
export { learnCertificate, type Peer, type PeerAccess, withPeerApi } from "./whm/probe";
export type { PeerTls } from "./whm/secure-connect";
export { endOfWork } from "./work-under-way";
