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
  /** Present and true when the line stood there before: then it stays on delete. */
  existedBefore?: boolean;
  /** Present and true when the file was made for this line: then it goes when its last line goes. */
  createdFile?: boolean;
}
