import { z } from "zod";
import { ipAddress, logicalName, serverName } from "./values";

/** What the engine carries of a trusted address. */
export const trustedRemoteIp = z.strictObject({
  server: serverName,
  address: ipAddress,
  logicalName,
});

export type TrustedRemoteIpInputs = z.output<typeof trustedRemoteIp>;

/** What the state holds of a trusted address. */
export interface TrustedRemoteIpState {
  logicalName: string;
  server: string;
  address: string;
  /** Present and true when the register on the server does not say that the line is this resource's. */
  unclaimed?: boolean;
  /** The claim on the line; undefined where it was only looked up by its id. */
  claim?: string;
  /** What stood there before the claim, the line or a file without it; absent for nothing. It is for when the claim is lost. */
  stood?: "line" | "file";
}
