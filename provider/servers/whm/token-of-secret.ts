import { createHash } from "node:crypto";
import { z } from "zod";
import { Secret } from "../secret";
import type { Server } from "../server";
import { ServerError } from "../errors";
import { apiTokenGetDetails } from "./functions/api-token-get-details";
import { tokenWire, type ApiTokenDetails } from "./functions/api-token";

/** Where WHM keeps root's tokens, by the SHA-512 of their secrets. */
const tokenFile = "/var/cpanel/authn/api_tokens_v2/whostmgr/root.json";

const tokens = z.object({ tokens: z.record(z.string(), z.unknown()).optional() });

/**
 * Finds root's token of a secret, also an expired one; undefined if WHM knows none. Over HTTPS WHM is asked. It doesn't
 * tell an expired token from an unknown one, and without `api` the secret would appear in an argument list, so WHM's own
 * file is read then.
 */
export async function tokenOfSecret(server: Server, secret: string): Promise<ApiTokenDetails | undefined> {
  const known = server.settings.api && (await apiTokenGetDetails(server.api, { token: new Secret(secret) }));
  return known ?? tokenInFile(server, secret);
}

async function tokenInFile(server: Server, secret: string): Promise<ApiTokenDetails | undefined> {
  const files = await server.files();
  const text = await files.read(tokenFile);
  if (text === undefined) return undefined;
  const found = (parsed(text, server).tokens ?? {})[createHash("sha512").update(secret).digest("hex")];
  // A token without a list of privileges has all of them.
  return found === undefined ? undefined : tokenWire.parse({ acls: ["all"], ...(found as object) });
}

function parsed(text: string, server: Server): z.output<typeof tokens> {
  try {
    return tokens.parse(JSON.parse(text));
  } catch (error) {
    throw new ServerError({
      code: "unexpected-reply",
      server: server.name,
      phrase: "look up an API token by its secret",
      said: `${tokenFile} is not as expected`,
      wayOut: "Give this server `api` with a token, so that WHM is asked over HTTPS.",
      cause: error,
    });
  }
}
