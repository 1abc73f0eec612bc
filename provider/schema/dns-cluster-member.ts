import { z } from "zod";
import { role } from "./role";
import { hostName, ipv4Address, logicalName, serverName, tokenSecret, userName } from "./values";

/** What the engine carries of a member; the class fills in `peerAddress` and `peerHostname` from the provider. */
export const dnsClusterMember = z.strictObject({
  server: serverName,
  logicalName,
  peer: serverName,
  role,
  token: tokenSecret,
  /** The token is none of the program's own `ApiToken` resources: nobody else looks whether it is still valid. */
  foreignToken: z.boolean().optional(),
  /** The key under which WHM stores the member. An input, so that a changed address is seen without contact. */
  peerAddress: ipv4Address,
  peerHostname: hostName,
  user: userName.default("root"),
  adopt: z.boolean().default(false),
  enableClustering: z.boolean().default(false),
  /** The rule `feeding-cycle` is relaxed: a circle with links that are live is no reason to refuse. */
  mayCycle: z.boolean().default(false),
  /** The rule `single-intermediary` is relaxed: another intermediary is no reason to refuse. */
  mayAddIntermediary: z.boolean().default(false),
});

export type DnsClusterMemberInputs = z.output<typeof dnsClusterMember>;

/** What the state holds of a member: its inputs, with live values after a refresh. */
export interface DnsClusterMemberState {
  logicalName: string;
  server: string;
  peer: string;
  /** The role word on disk, or `missing: ` and what stands there instead where WHM does not see the member. */
  role: string;
  token: string;
  /** Present and true when the token is none of the program's own. */
  foreignToken?: boolean;
  peerAddress: string;
  peerHostname: string;
  user: string;
  /** Present when WHM has switched the member off after too many failures: how its last calls went. */
  disabled?: string;
  /** Present and true when clustering is off on the server, so that nothing is sent to any member. */
  clusteringOff?: boolean;
  /** Present and true when the peer refuses the token, which no `ApiToken` of the program looks after. */
  tokenRefused?: boolean;
  /** Present and true when the register on the server does not say that the entry is this resource's. */
  unclaimed?: boolean;
  /** The claim on the entry; undefined where it was only looked up by its id. */
  claim?: string;
}
