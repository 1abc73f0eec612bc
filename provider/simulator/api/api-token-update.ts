import { Refusal } from "../refusal";
import { findToken, withToken, type StoredToken } from "../tokens";
import type { ApiFunction } from "./function";
import { checkTokenName, makeToken, readTokenFields, tokenReply, type TokenFields } from "./token-fields";

/** `api_token_update`: keeps every field that is not sent. Half done, only the first change is made. */
export const apiTokenUpdate: ApiFunction = {
  name: "api_token_update",
  write: true,
  privilege: "manage-api-tokens",
  target: (parameters) => parameters.get("token_name") ?? "",
  run: (call) => {
    const { server, caller, effect, parameters } = call;
    const name = parameters.require("token_name");
    const newName = parameters.get("new_name");
    const fields = readTokenFields(call);
    const tokens = server.tokensOf(caller.user);
    const found = findToken(tokens, name);
    if (!found) throw new Refusal(`You do not have an API token named “${name}”.`);
    if (newName !== undefined && checkTokenName(newName) !== name && findToken(tokens, newName)) {
      throw new Refusal(`An API token named “${newName}” already exists.`);
    }

    const steps = changes(fields, newName);
    if (steps.length === 0) throw new Refusal("There is nothing to change.");
    const asked = steps.reduce((token, step) => step(token), found.token);
    const stored = effect === "half" ? (steps[0]?.(found.token) ?? asked) : asked;
    if (effect !== "none") server.saveTokens(caller.user, withToken(tokens, found.hash, stored));
    return tokenReply(server, asked);
  },
};

type Change = (token: StoredToken) => StoredToken;

function changes({ acls, expiresAt, whitelist }: TokenFields, newName: string | undefined): Change[] {
  const steps: Change[] = [];
  if (acls) steps.push((token) => ({ ...token, acls }));
  if (expiresAt !== undefined) steps.push((token) => makeToken({ ...partsOf(token), expiresAt }));
  if (whitelist) steps.push((token) => makeToken({ ...partsOf(token), addresses: whitelist.addresses }));
  if (newName !== undefined) steps.push((token) => ({ ...token, name: newName }));
  return steps;
}

function partsOf(token: StoredToken): Parameters<typeof makeToken>[0] {
  return {
    name: token.name,
    created: token.create_time,
    expiresAt: token.expires_at,
    acls: token.acls,
    addresses: token.whitelist_ips,
  };
}
