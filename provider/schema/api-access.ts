import { z } from "zod";
import { hostOrAddress } from "./addresses";
import { lineOfText, port, tokenSecret, userName } from "./values";

/** How to reach WHM API 1 of a server over HTTPS. */
export const apiAccess = z.strictObject({
  /** Host name or address. @default the host of `connection`, else the server's address */
  host: hostOrAddress.optional(),
  /** TCP port. @default 2087 */
  port: port.optional(),
  /** WHM user who owns the token. @default "root" */
  user: userName.optional(),
  /** API token. */
  token: tokenSecret.optional(),
  /** Path of a file that holds the token. Read on use, never stored. */
  tokenFile: lineOfText.optional(),
  /** Name of an environment variable that holds the token. Read on use, never stored. */
  tokenEnv: lineOfText.optional(),
  /** PEM text of the authority that signed the server's certificate. @default the authorities that Node trusts */
  ca: z.string().optional(),
  /** SHA-256 fingerprint of the server's certificate, in hex with or without colons. */
  fingerprint: z
    .string()
    .regex(/^([0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}$/, "must be a SHA-256 fingerprint of 32 bytes in hex")
    .optional(),
  /** Accept any certificate. @default false */
  insecureSkipTlsVerify: z.boolean().optional(),
});

export type ApiAccess = z.output<typeof apiAccess>;
