import { z } from "zod";
import type { WhmApi } from "../api";
import { ask } from "../ask";

export interface ApiTokenRevokeRequest {
  tokenName: string;
}

/**
 * Revokes an API token. WHM gives the same answer if there is no token of that name.
 *
 * Last verified with the vendor's reference for 11.138 (WHM API 1 `api_token_revoke`, api.docs.cpanel.net).
 */
export async function apiTokenRevoke(api: WhmApi, request: ApiTokenRevokeRequest): Promise<void> {
  await ask(api, {
    phrase: `revoke the API token ${request.tokenName}`,
    functionName: "api_token_revoke",
    parameters: { token_name: request.tokenName },
    mutation: true,
    reply: z.unknown(),
  });
}
