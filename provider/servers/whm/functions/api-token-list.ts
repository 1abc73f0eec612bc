import { z } from "zod";
import { SharedRead } from "../../shared-read";
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
 * Lists the user's API tokens by name, including expired ones. A nameserver has one for each of its web servers, and
 * all are looked up together, so concurrent callers share a call.
 *
 * Last verified with the vendor's reference for 11.138 (WHM API 1 `api_token_list`, api.docs.cpanel.net).
 */
export function apiTokenList(api: WhmApi): Promise<readonly ApiTokenDetails[]> {
  const list = lists.get(api) ?? new SharedRead(() => read(api));
  lists.set(api, list);
  return list.get();
}

/** Concurrent readers share one call. */
const lists = new WeakMap<WhmApi, SharedRead<readonly ApiTokenDetails[]>>();

async function read(api: WhmApi): Promise<readonly ApiTokenDetails[]> {
  const reply = await ask(api, {
    phrase: "list the API tokens",
    functionName: "api_token_list",
    reply: wire,
  });
  return reply.tokens.sort((one, other) => (one.name < other.name ? -1 : 1));
}
