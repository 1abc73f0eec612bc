import { z } from "zod";
import { ipAddress, ipAddressOrNetwork, lineOfText, logicalName, serverName } from "./values";

const tokenName = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,50}$/, "must be 1 to 50 letters, digits, dashes or underscores");

const acls = z
  .array(lineOfText)
  .min(
    1,
    'must name at least one privilege: WHM takes an empty list for every privilege; write ["all"] if that is meant',
  );

const expiry = z.union(
  [
    z.int().positive(),
    z.iso.datetime({ offset: true }).transform((text) => Math.floor(Date.parse(text) / 1000)),
  ],
  "must be seconds since 1970 or a time such as 2027-01-31T00:00:00Z",
);

/** What the engine carries of a token. */
export const apiToken = z
  .strictObject({
    server: serverName,
    /** The address of the server, as far as it is told: on another machine the token has to be a new one. */
    serverAddress: ipAddress.optional(),
    /** What an automatic token name is made from. */
    logicalName,
    tokenName: tokenName.optional(),
    acls: acls.default(["clustering"]),
    whitelistIps: z.array(ipAddressOrNetwork).max(100, "WHM stores 100 addresses at most").default([]),
    /** Seconds since 1970. */
    expiresAt: expiry.optional(),
    /** Any value as text; a change makes a new token. */
    rotate: z.string().optional(),
    users: z.array(serverName).default([]),
  })
  .superRefine((inputs, context) => {
    if (inputs.tokenName === undefined || inputs.rotate === undefined) return;
    context.addIssue({
      code: "custom",
      path: ["rotate"],
      message:
        "a token with a name of its own cannot be rotated: two tokens cannot share it while members move over; leave tokenName out",
    });
  });

export type ApiTokenInputs = z.output<typeof apiToken>;

/** What the state holds of a token. */
export interface ApiTokenState {
  server: string;
  /** Where it was made, as far as it is told. */
  serverAddress?: string;
  logicalName: string;
  tokenName: string;
  acls: string[];
  whitelistIps: string[];
  expiresAt?: number;
  /** Present and true when the token has expired: it is listed and opens nothing. */
  expired?: boolean;
  rotate?: string;
  users: string[];
  /** The secret; WHM shows it once, at creation. */
  token: string;
  /** Seconds since 1970, as WHM stamped it: tells this token from a later one of the same name. */
  createTime: number;
}
