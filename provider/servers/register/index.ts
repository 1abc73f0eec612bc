export {
  claimId,
  claimMark,
  ownerOf,
  type Before,
  type Claimant,
  type ClaimedKind,
  type ClaimName,
} from "./claim-file";
export {
  allClaims,
  claimNamesOfKind,
  claimNamesOn,
  claimsOfKind,
  claimsOn,
  dropClaims,
  layClaim,
  namesOfClaimants,
  type Claim,
  type WantedClaim,
} from "./claims";
export { findLeftovers, type Leftovers } from "./leftovers";
export { machineFiles, type Machine } from "./machine";
export { anotherServer, hostMark, isHost, type Recognition } from "./recognise";
export { Register, registerOf } from "./register";
export { strangeness } from "./strangeness";
export { inTurn } from "./turn";
export {
  announce,
  announcementText,
  readAnnouncements,
  renewAnnouncement,
  textOfAnnouncement,
  type AnnouncedLinks,
  type Announcement,
} from "./announcements";
