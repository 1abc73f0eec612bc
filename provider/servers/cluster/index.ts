export { isCalledMember, readMembers, type FoundMember } from "./all-members";
export { enableClustering, isClusteringOn, refuseToRevive } from "./clustering";
export { disabledStatus, reenable } from "./disabled-member";
export {
  fedAmong,
  listFedMembers,
  listMembers,
  resellersWithMember,
  type FedMember,
  type ListedMember,
} from "./list-members";
export { namesakesOf, readMember, removeMember, restoreMember, writeMember, type Member } from "./member";
export { hasOtherModule, missingEntry, missingRole } from "./missing-role";
export { saysTheSame, type MemberFields } from "./member-file";
export { installedVersion, isDnsonly } from "./installed-product";
export { failuresIn, type MemberCalls } from "./member-calls";
export { readNameserver, type NameserverSoftware } from "./nameserver-software";
export { readPublicAddress } from "./public-address";
export { countQueuedRequests } from "./queued-requests";
export { listResellerTokens, listStoredTokens, type StoredToken } from "./stored-tokens";
export { holdsAddress } from "./address-lines";
export {
  addTrustedAddress,
  findTrustedAddresses,
  readTrustedAddresses,
  removeTrustedAddress,
} from "./trusted-addresses";
export { soaSerial } from "./soa-serial";
export { listZones, readSerial, readZone, type ZoneCopy } from "./zones";
