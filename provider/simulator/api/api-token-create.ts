import { Refusal } from "../refusal";
import { findToken, hashOf, newSecret, withToken } from "../tokens";
import type { ApiFunction } from "./function";
import { checkTokenName, makeToken, readTokenFields, tokenReply } from "./token-fields";

/** `api_token_create`: the only reply that ever contains the secret. Half done, the token lacks expiry and address list. */
export const apiTokenCreate: ApiFunction = {
  name: "api_token_create",
  write: true,
  privilege: "manage-api-tokens",
  target: (parameters) => parameters.get("token_name") ?? "",
  run: (call) => {
    const { server, caller, effect } = call;
    const name = checkTokenName(call.parameters.require("token_name"));
    const fields = readTokenFields(call);
    const tokens = server.tokensOf(caller.user);
    if (findToken(tokens, name))
      throw new Refusal(`failed to create the API token: a token named “${name}” already exists.`);

    // Without a list a token gets all privileges of its maker. If the maker has no limits, the file contains none.
    const parts = { name, created: server.seconds(), acls: fields.acls ?? caller.acls };
    const asked = makeToken({
      ...parts,
      expiresAt: fields.expiresAt,
      addresses: fields.whitelist?.addresses,
    });
    const half = makeToken({ ...parts, expiresAt: undefined, addresses: undefined });
    const secret = newSecret();
    if (effect !== "none") {
      server.saveTokens(caller.user, withToken(tokens, hashOf(secret), effect === "half" ? half : asked));
    }
    return { ...tokenReply(server, asked), token: secret };
  },
};
