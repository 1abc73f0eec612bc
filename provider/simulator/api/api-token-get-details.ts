import { hashOf, isExpired } from "../tokens";
import type { ApiFunction } from "./function";
import { tokenReply } from "./token-fields";

/** `api_token_get_details`: the token of a secret; null, and still a success, if there is none. */
export const apiTokenGetDetails: ApiFunction = {
  name: "api_token_get_details",
  write: false,
  privilege: "manage-api-tokens",
  run: ({ server, caller, parameters }) => {
    const token = server.tokensOf(caller.user).get(hashOf(parameters.require("token")));
    return token === undefined || isExpired(token, server.world.now()) ? null : tokenReply(server, token);
  },
};
