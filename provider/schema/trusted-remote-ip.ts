import { z } from "zod";
import { ipAddress, logicalName, serverName } from "./values";

/** Inputs of a trusted address, as the engine carries them. */
export const trustedRemoteIp = z.strictObject({
  server: serverName,
  address: ipAddress,
  logicalName,
});

export type TrustedRemoteIpInputs = z.output<typeof trustedRemoteIp>;

/** State of a trusted address. */
export interface TrustedRemoteIpState {
  logicalName: string;
  server: string;
  address: string;
  /** Set to true when the server's register doesn't say that the line belongs to this resource. */
  unclaimed?: boolean;
  /** Set to true when it was there before the stack adopted it. Deleting the resource then leaves it on the server. */
  adopted?: true;
  /** Claim on the line; undefined when it was only looked up by its id. */
  claim?: string;
  /** What was there before the claim: the line, or a file without it; absent for nothing. Used when the claim is lost. */
  stood?: "line" | "file";
}
