import { z } from "zod";
import { hostName, ipv4Address, logicalName, serverName, tokenSecret, userName } from "./values";

/** What the engine carries of a reverse trust; the class fills in the addresses from the provider. */
export const reverseTrust = z.strictObject({
  logicalName,
  /** The trusted server: the token is one of its own. */
  server: serverName,
  /** The server that holds the entry: the write lands here. */
  peer: serverName,
  token: tokenSecret,
  /** The token is none of the program's own `ApiToken` resources: nobody else looks whether it is still valid. */
  foreignToken: z.boolean().optional(),
  /** The key under which `peer` stores the entry. */
  serverAddress: ipv4Address,
  /** The address under which `peer` may also know the server (NAT). */
  serverPublicAddress: ipv4Address.optional(),
  serverHostname: hostName,
  user: userName.default("root"),
  adopt: z.boolean().default(false),
});

export type ReverseTrustInputs = z.output<typeof reverseTrust>;

/** What the state holds of a reverse trust. */
export interface ReverseTrustState {
  logicalName: string;
  server: string;
  peer: string;
  token: string;
  /** Present and true when the token is none of the program's own. */
  foreignToken?: boolean;
  serverAddress: string;
  serverPublicAddress?: string;
  serverHostname: string;
  user: string;
  /** The role word on disk when it is not `standalone`; `missing: ` and what stands there where WHM sees no entry. */
  role?: string;
  /** Present and true when the server refuses the token, which no `ApiToken` of the program looks after. */
  tokenRefused?: boolean;
  /** Present and true when the register on the peer does not say that the entry is this resource's. */
  unclaimed?: boolean;
  /** The claim on the entry; undefined where it was only looked up by its id. */
  claim?: string;
}
