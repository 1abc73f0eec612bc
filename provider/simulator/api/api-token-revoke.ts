import { Refusal } from "../refusal";
import { withoutTokens } from "../tokens";
import type { ApiFunction } from "./function";

/** `api_token_revoke`: an unknown name is not an error. Half done, it revokes the first half of the names. */
export const apiTokenRevoke: ApiFunction = {
  name: "api_token_revoke",
  write: true,
  privilege: "manage-api-tokens",
  target: (parameters) => parameters.list("token_name").join(" "),
  run: ({ server, caller, parameters, effect }) => {
    const names = parameters.list("token_name");
    if (names.length === 0) throw new Refusal("Missing argument: token_name");
    const reached = effect === "half" ? names.slice(0, Math.floor(names.length / 2)) : names;
    if (effect !== "none")
      server.saveTokens(caller.user, withoutTokens(server.tokensOf(caller.user), reached));
    return undefined;
  },
};
