import { createHash } from "node:crypto";
import { z } from "zod";
import { Secret } from "../secret";
import type { Server } from "../server";
import { ServerError } from "../errors";
import { apiTokenGetDetails } from "./functions/api-token-get-details";
import { tokenWire, type ApiTokenDetails } from "./functions/api-token";

/** Where WHM keeps the tokens of a user, by the SHA-512 of their secrets. */
const tokenFile = (user: string): string => `/var/cpanel/authn/api_tokens_v2/whostmgr/${user}.json`;

/** Names that WHM gives to users. The name comes from a file of another server and becomes part of a path. */
const userName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

const tokens = z.object({ tokens: z.record(z.string(), z.unknown()).optional() });

/**
 * Finds a user's token of a secret, also an expired one; undefined if WHM knows none. Over HTTPS WHM is asked about the
 * user that logs in. It doesn't tell an expired token from an unknown one, and without `api` the secret would appear in
 * an argument list, so WHM's own file is read then.
 */
export async function tokenOfSecret(
  server: Server,
  secret: string,
  user = "root",
): Promise<ApiTokenDetails | undefined> {
  const { api } = server.settings;
  const isOwn = api !== undefined && (api.user ?? "root") === user;
  const known = isOwn && (await apiTokenGetDetails(server.api, { token: new Secret(secret) }));
  return known || tokenInFile(server, secret, user);
}

async function tokenInFile(
  server: Server,
  secret: string,
  user: string,
): Promise<ApiTokenDetails | undefined> {
  if (!userName.test(user)) return undefined;
  const files = await server.files();
  const text = await files.read(tokenFile(user));
  if (text === undefined) return undefined;
  const found = (parsed(text, server, user).tokens ?? {})[createHash("sha512").update(secret).digest("hex")];
  // A token without a list of privileges has all of them.
  return found === undefined ? undefined : tokenWire.parse({ acls: ["all"], ...(found as object) });
}

function parsed(text: string, server: Server, user: string): z.output<typeof tokens> {
  try {
    return tokens.parse(JSON.parse(text));
  } catch (error) {
    throw new ServerError({
      code: "unexpected-reply",
      server: server.name,
      phrase: "look up an API token by its secret",
      said: `${tokenFile(user)} is not as expected`,
      wayOut: "Give this server `api` with a token, so that WHM is asked over HTTPS.",
      cause: error,
    });
  }
}
