import { isServerError, tokenOfSecret, type ServerError, type ServerRegistry } from "../../servers";
import type { Pace } from "../at-once";
import type { Survey } from "../server-survey";
import { surveyServers } from "../survey-servers";
import { tokensOfServer, type KeptToken, type ListedToken } from "./token-list";

/** The tokens of several servers. */
export interface TokenList {
  /** In the order of the servers. */
  readonly tokens: readonly ListedToken[];
  /** Servers that could not be read, and why. */
  readonly unreadable: readonly { readonly server: string; readonly message: string }[];
}

/**
 * Reads the tokens of all servers of a registry, and who keeps them, with one connection each. Writes nothing.
 *
 * @param now seconds since 1970
 */
export async function readTokenList(registry: ServerRegistry, pace: Pace, now: number): Promise<TokenList> {
  const survey = await surveyServers(registry, registry.names(), pace, { asksLoginTokens: true });
  const unread = new Map(survey.unreadable);
  const ofResellers = await keptByResellers(registry, survey, unread);
  const kept = [...keptByServers(survey), ...ofResellers, ...keptHere(survey)];
  const tokens = [...survey.servers.values()].flatMap(({ name, tokens: known }) =>
    tokensOfServer(
      name,
      known,
      kept.filter(({ server }) => server === name),
      now,
    ),
  );
  const unreadable = [...unread].map(([server, { message }]) => ({ server, message }));
  return { tokens, unreadable };
}

function keptByServers({ uses }: Survey): KeptToken[] {
  return uses.map(({ holder, peer, token }) => ({ server: peer, keeper: holder, token }));
}

/** Tokens with which the connections themselves log in. */
function keptHere({ servers, loginTokens }: Survey): KeptToken[] {
  return [...(loginTokens ?? [])].map(([server, name]) => ({
    server,
    keeper: "this connection",
    token: servers.get(server)?.tokens.find((token) => token.name === name),
  }));
}

/** A reseller's entry says nothing of its user: its token is looked up among root's, and counts only if it is one. */
async function keptByResellers(
  registry: ServerRegistry,
  { servers }: Survey,
  unread: Map<string, ServerError>,
): Promise<KeptToken[]> {
  const entries = [...servers.values()].flatMap(({ name, resellers }) =>
    resellers.map(({ user, member, secret }) => ({
      server: registry.nameAt(member),
      keeper: `${name} (${user})`,
      secret,
    })),
  );
  const kept = entries.map(async ({ server, keeper, secret }): Promise<KeptToken[]> => {
    if (server === undefined || !servers.has(server)) return [];
    try {
      const token = await tokenOfSecret(registry.get(server), secret);
      return token ? [{ server, keeper, token }] : [];
    } catch (error) {
      if (!isServerError(error)) throw error;
      unread.set(server, error);
      return [];
    }
  });
  return (await Promise.all(kept)).flat();
}
