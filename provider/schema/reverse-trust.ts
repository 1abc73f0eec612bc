import { z } from "zod";
import { memberAddress } from "./addresses";
import { hostName, logicalName, serverName, tokenSecret, userName } from "./values";

/** Inputs of a reverse trust, as the engine carries them. The class takes the addresses from the provider. */
export const reverseTrust = z.strictObject({
  logicalName,
  /** Name of the trusted server, which the token opens. */
  server: serverName,
  /** Name of the server that holds the entry; it is written there. */
  peer: serverName,
  token: tokenSecret,
  /** The token comes from none of the program's `ApiToken` resources, so nothing else checks whether it is still valid. */
  foreignToken: z.boolean().optional(),
  /** Key under which `peer` stores the entry. */
  serverAddress: memberAddress,
  /** Address under which `peer` may also know the server (NAT). */
  serverPublicAddress: memberAddress.optional(),
  serverHostname: hostName,
  user: userName.default("root"),
  adopt: z.boolean().default(false),
});

export type ReverseTrustInputs = z.output<typeof reverseTrust>;

/** State of a reverse trust. */
export interface ReverseTrustState {
  logicalName: string;
  server: string;
  peer: string;
  token: string;
  /** Set to true when the token comes from none of the program's `ApiToken` resources. */
  foreignToken?: boolean;
  serverAddress: string;
  serverPublicAddress?: string;
  serverHostname: string;
  user: string;
  /** Role word on disk when it is not `standalone`; `missing: ` followed by what is there when WHM sees no entry. */
  role?: string;
  /** Set to true when the server refuses the token and no `ApiToken` of the program looks after it. */
  tokenRefused?: boolean;
  /** Set to true when the peer's register doesn't say that the entry belongs to this resource. */
  unclaimed?: boolean;
  /** Set to true when it was there before the stack adopted it. Deleting the resource then leaves it on the server. */
  adopted?: true;
  /** Claim on the entry; undefined when it was only looked up by its id. */
  claim?: string;
}
