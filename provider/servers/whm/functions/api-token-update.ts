import type { WhmApi } from "../api";
import { ask } from "../ask";
import { requirePrivileges } from "./myprivs";
import { type ApiTokenDetails, tokenWire } from "./api-token";

export interface ApiTokenUpdateRequest {
  tokenName: string;
  /** New name. The secret stays valid. @default the name stays */
  newName?: string | undefined;
  /** All privileges of the token; at least one. */
  acls: readonly string[];
  /** Seconds since 1970; undefined means never. */
  expiresAt: number | undefined;
  /** All addresses and networks from which the token is accepted; empty means any. */
  whitelistIps: readonly string[];
}

/**
 * Changes an API token. All three settings are sent in every call: versions differ on whether a missing setting stays
 * or is cleared, and a cleared list of privileges would mean every privilege.
 *
 * Last verified with the vendor's reference for 11.138 (WHM API 1 `api_token_update`, api.docs.cpanel.net).
 */
export async function apiTokenUpdate(api: WhmApi, request: ApiTokenUpdateRequest): Promise<ApiTokenDetails> {
  const phrase = `update the API token ${request.tokenName}`;
  requirePrivileges(api, phrase, request.acls);
  return ask(api, {
    phrase,
    functionName: "api_token_update",
    parameters: {
      token_name: request.tokenName,
      new_name: request.newName,
      acl: request.acls,
      expires_at: request.expiresAt ?? 0,
      // WHM's own word for clearing the list.
      whitelist_ip: request.whitelistIps.length > 0 ? request.whitelistIps : ["any"],
    },
    mutation: true,
    reply: tokenWire,
  });
}
