import type { Secret } from "../../secret";
import type { WhmApi } from "../api";
import { ask } from "../ask";
import { type ApiTokenDetails, tokenWire } from "./api-token";

export interface ApiTokenGetDetailsRequest {
  token: Secret;
}

/**
 * Finds the token of a secret; undefined if WHM knows none, or only an expired one. Not possible through `whmapi1`,
 * because the secret would appear in an argument list.
 *
 * Last verified with the vendor's reference for 11.138 (WHM API 1 `api_token_get_details`, api.docs.cpanel.net).
 */
export async function apiTokenGetDetails(
  api: WhmApi,
  request: ApiTokenGetDetailsRequest,
): Promise<ApiTokenDetails | undefined> {
  const found = await ask(api, {
    phrase: "look up an API token by its secret",
    functionName: "api_token_get_details",
    parameters: { token: request.token.reveal() },
    secrets: [request.token],
    reply: tokenWire.nullable(),
  });
  return found ?? undefined;
}
