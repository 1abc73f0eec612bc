import { z } from "zod";
import {
  duration,
  expiry,
  ipAddress,
  ipAddressOrNetwork,
  lineOfText,
  logicalName,
  serverName,
} from "./values";

const tokenName = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,50}$/, "must be 1 to 50 letters, digits, dashes or underscores");

const acls = z
  .array(lineOfText)
  .min(
    1,
    'must name at least one privilege: WHM takes an empty list for every privilege; write ["all"] if that is meant',
  );

/** Inputs of a token, as the engine carries them. */
export const apiToken = z
  .strictObject({
    server: serverName,
    /** Address of the server, if known. A new address means another machine, where a new token is needed. */
    serverAddress: ipAddress.optional(),
    /** Base of an automatic token name. */
    logicalName,
    tokenName: tokenName.optional(),
    acls: acls.default(["clustering"]),
    whitelistIps: z.array(ipAddressOrNetwork).max(100, "WHM stores 100 addresses at most").default([]),
    /** Seconds since 1970. */
    expiresAt: expiry.transform(inSeconds).optional(),
    /** Any value as text. Changing it makes a new token. */
    rotate: z.string().optional(),
    /** Days before its expiry at which the token is replaced. */
    renewBefore: z.int("must be a whole number of days").min(1).max(3650).optional(),
    /** For how long the token that a rotation replaces stays valid. */
    keepOldFor: duration.optional(),
    users: z.array(serverName).default([]),
  })
  .superRefine((inputs, context) => {
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: "custom", path: [field], message });
    if (inputs.renewBefore !== undefined && inputs.expiresAt === undefined)
      refuse("renewBefore", "needs an expiresAt: a token that never expires is not renewed");
    if (inputs.tokenName === undefined) return;
    for (const field of ["rotate", "renewBefore"] as const)
      if (inputs[field] !== undefined) refuse(field, ofOwnName);
  });

const ofOwnName =
  "a token with a name of its own cannot be rotated: two tokens cannot share it while members move over; leave tokenName out";

function inSeconds(time: z.output<typeof expiry>): number {
  return typeof time === "number" ? time : Math.floor(Date.parse(time) / 1000);
}

export type ApiTokenInputs = z.output<typeof apiToken>;

/** How a token is renewed that a program declares with an expiry that lies nearer. */
export interface TokenRenewal {
  /** Declared expiry that was renewed, in seconds since 1970. */
  of: number;
  /** Expiry of the token instead, in seconds since 1970. */
  until: number;
  /** Time at which the token was made in whose place this one has come, in seconds since 1970. */
  renews: number;
}

/** State of a token. */
export interface ApiTokenState {
  server: string;
  /** Address of the server where the token was made, if known. */
  serverAddress?: string;
  logicalName: string;
  tokenName: string;
  acls: string[];
  whitelistIps: string[];
  expiresAt?: number;
  /** Set to true when the token has expired: it is listed, but opens nothing. */
  expired?: boolean;
  /** Set to true when it was there before the stack adopted it. It then stays as long as one of its users stores it. */
  adopted?: true;
  rotate?: string;
  renewBefore?: number;
  /** Set once it has been renewed. */
  renewal?: TokenRenewal;
  keepOldFor?: string;
  /** Time at which the tokens have expired that it has replaced and that were kept, in seconds since 1970. */
  keptUntil?: number;
  users: string[];
  /** Secret of the token; WHM shows it once, at creation. */
  token: string;
  /** Seconds since 1970, as stamped by WHM. Tells this token from a later one of the same name. */
  createTime: number;
}
