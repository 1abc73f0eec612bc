import { z } from "zod";
import { isServerError, ServerError } from "../../errors";
import { Secret } from "../../secret";
import type { WhmApi } from "../api";
import { ask } from "../ask";
import { requirePrivileges } from "./myprivs";
import { type ApiTokenDetails, tokenWire } from "./api-token";

export interface ApiTokenCreateRequest {
  tokenName: string;
  /** Privileges; at least one, because WHM reads an empty list as every privilege. */
  acls: readonly string[];
  /** Seconds since 1970. @default never */
  expiresAt?: number | undefined;
  /** Addresses and networks. @default any */
  whitelistIps?: readonly string[] | undefined;
}

export interface CreatedApiToken extends ApiTokenDetails {
  /** Shown this once and never again. */
  token: Secret;
}

const secret = z.object({ token: z.string().min(1) });
const wire = z.intersection(secret, tokenWire);

/**
 * Makes an API token. A lost reply is lost for good: revoke the token by its name and make another one.
 *
 * Last verified with the vendor's reference for 11.138 (WHM API 1 `api_token_create`, api.docs.cpanel.net).
 * @throws ServerError `exists-already` if the name is taken
 */
export async function apiTokenCreate(api: WhmApi, request: ApiTokenCreateRequest): Promise<CreatedApiToken> {
  const phrase = `create the API token ${request.tokenName}`;
  requirePrivileges(api, phrase, request.acls);
  const { token, ...details } = await ask(api, {
    phrase,
    functionName: "api_token_create",
    parameters: {
      token_name: request.tokenName,
      acl: request.acls,
      expires_at: request.expiresAt,
      whitelist_ip: request.whitelistIps,
    },
    mutation: true,
    reply: wire,
  }).catch(nameTaken);
  return { ...details, token: new Secret(token) };
}

function nameTaken(error: unknown): never {
  if (!isServerError(error, "refused-by-server") || !/already exists/i.test(error.said)) throw error;
  throw new ServerError({
    code: "exists-already",
    server: error.server,
    phrase: error.phrase,
    said: error.said,
    wayOut: "Choose another name, or revoke the token that has it.",
    cause: error,
  });
}
