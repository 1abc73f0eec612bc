import { z } from "zod";
import { ipAddress, lineOfText, serverName } from "./values";

/** What the engine carries of a trusted address. */
export const trustedRemoteIp = z.strictObject({
  server: serverName,
  address: ipAddress,
  /** Project and stack: whose line it is, should a run end before the engine has heard of it. */
  stack: lineOfText.optional(),
});

export type TrustedRemoteIpInputs = z.output<typeof trustedRemoteIp>;

/** What the state holds of a trusted address. */
export interface TrustedRemoteIpState {
  server: string;
  address: string;
  stack?: string | undefined;
  /** Present and true when the line stood there before: then it stays on delete. */
  existedBefore?: boolean;
  /** Present and true when the file was made for this line: then it goes when its last line goes. */
  createdFile?: boolean;
}
