import { z } from "zod";
import type { WhmApi } from "../api";
import { ask } from "../ask";
import { type ApiTokenDetails, tokenWire } from "./api-token";

const tokens = z.union([
  z.record(z.string(), tokenWire).transform((byName) => Object.values(byName)),
  z.array(tokenWire),
  z.null().transform(() => []),
]);
const wire = z.object({ tokens });

/**
 * The user's API tokens by name, expired ones included.
 *
 * Last verified with the vendor's reference for 11.138 (WHM API 1 `api_token_list`, api.docs.cpanel.net).
 */
export async function apiTokenList(api: WhmApi): Promise<ApiTokenDetails[]> {
  const reply = await ask(api, {
    phrase: "list the API tokens",
    functionName: "api_token_list",
    reply: wire,
  });
  return reply.tokens.sort((one, other) => (one.name < other.name ? -1 : 1));
}
