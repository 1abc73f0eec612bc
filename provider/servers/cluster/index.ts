export { enableClustering } from "./clustering";
export { clearDisabled, isDisabled } from "./disabled-member";
export { feeds, resellersWithMember } from "./list-members";
export { readMember, removeMember, restoreMember, writeMember, type Member } from "./member";
export { saysTheSame, type MemberFields } from "./member-file";
export { listStoredTokens, type StoredToken } from "./stored-tokens";
export {
  addTrustedAddress,
  holdsAddress,
  readTrustedAddresses,
  removeTrustedAddress,
  type AddedAddress,
} from "./trusted-addresses";
