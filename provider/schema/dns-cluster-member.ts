import { z } from "zod";
import { memberAddress } from "./addresses";
import { role } from "./role";
import { hostName, logicalName, serverName, tokenSecret, userName } from "./values";

/** Inputs of a member, as the engine carries them. The class takes `peerAddress` and `peerHostname` from the provider. */
export const dnsClusterMember = z.strictObject({
  server: serverName,
  logicalName,
  peer: serverName,
  role,
  token: tokenSecret,
  /** The token comes from none of the program's `ApiToken` resources, so nothing else checks whether it is still valid. */
  foreignToken: z.boolean().optional(),
  /** Key under which WHM stores the member. An input, so that a changed address is noticed without contact. */
  peerAddress: memberAddress,
  peerHostname: hostName,
  user: userName.default("root"),
  adopt: z.boolean().default(false),
  enableClustering: z.boolean().default(false),
  /** The rule `feeding-cycle` is relaxed: a circle with live links is no reason to refuse. */
  mayCycle: z.boolean().default(false),
  /** The rule `single-intermediary` is relaxed: another intermediary is no reason to refuse. */
  mayAddIntermediary: z.boolean().default(false),
});

export type DnsClusterMemberInputs = z.output<typeof dnsClusterMember>;

/** State of a member: its inputs, with live values after a refresh. */
export interface DnsClusterMemberState {
  logicalName: string;
  server: string;
  peer: string;
  /** Role word on disk, or `missing: ` followed by what is there instead when WHM doesn't see the member. */
  role: string;
  token: string;
  /** Set to true when the token comes from none of the program's `ApiToken` resources. */
  foreignToken?: boolean;
  peerAddress: string;
  peerHostname: string;
  user: string;
  /** Set when WHM has disabled the member after too many failures: says how its last calls went. */
  disabled?: string;
  /** Set to true when clustering is off on the server, so that nothing is sent to any member. */
  clusteringOff?: boolean;
  /** Set to true when the peer refuses the token and no `ApiToken` of the program looks after it. */
  tokenRefused?: boolean;
  /** Set to true when the server's register doesn't say that the entry belongs to this resource. */
  unclaimed?: boolean;
  /** Set to true when it was there before the stack adopted it. Deleting the resource then leaves it on the server. */
  adopted?: true;
  /** Claim on the entry; undefined when it was only looked up by its id. */
  claim?: string;
}
