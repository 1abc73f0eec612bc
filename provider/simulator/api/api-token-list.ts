import type { ApiFunction } from "./function";
import { tokenListReply } from "./token-fields";

/** `api_token_list`: the caller's tokens by name, including expired ones. */
export const apiTokenList: ApiFunction = {
  name: "api_token_list",
  write: false,
  privilege: "manage-api-tokens",
  run: ({ server, caller }) => {
    const tokens = [...server.tokensOf(caller.user).values()];
    return { tokens: Object.fromEntries(tokens.map((token) => [token.name, tokenListReply(server, token)])) };
  },
};
