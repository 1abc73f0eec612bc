import {
  isServerError,
  tokenOfSecret,
  type ApiTokenDetails,
  type Server,
  type ServerError,
  type ServerRegistry,
} from "../servers";
import { lookAt, type Pace } from "./at-once";
import { readServer } from "./read-server";
import type { ServerSurvey, Survey, TokenUse } from "./server-survey";

/** How a look goes on from the servers that it begins with. */
export interface Route {
  /** Returns further servers to read, given those that were read; called until it returns none. @default none */
  readonly follow?: (sofar: ReadonlyMap<string, ServerSurvey>) => readonly string[];
  /** Returns the name of the server at an address. @default as the registry knows it */
  readonly nameAt?: (address: string) => string | undefined;
  /** Find out with which tokens the connections log in. @default false */
  readonly asksLoginTokens?: boolean;
}

/**
 * Reads servers, one connection each, and finds out which tokens they hold for each other. Writes nothing.
 *
 * @param names names in the registry
 */
export async function surveyServers(
  registry: ServerRegistry,
  names: readonly string[],
  pace: Pace,
  { follow = () => [], nameAt = (address) => registry.nameAt(address), asksLoginTokens = false }: Route = {},
): Promise<Survey> {
  const found = new Map<string, ServerSurvey>();
  const unreadable = new Map<string, ServerError>();
  for (let next = names; next.length > 0;) {
    const { results, failures } = await lookAt(registry, next, readServer, pace);
    results.forEach((survey, name) => found.set(name, survey));
    failures.forEach((error, name) => unreadable.set(name, error));
    next = follow(found).filter((name) => !found.has(name) && !unreadable.has(name));
  }
  const uses = await Promise.all(
    storedTokens(found, nameAt).map(async ({ user, ...use }) => {
      const token = await tokenOfSecret(registry.get(use.peer), use.secret, user).catch((error: unknown) =>
        note(unreadable, use.peer, error),
      );
      return { ...use, token };
    }),
  );
  const tokens = asksLoginTokens ? await loginTokens(registry, found, unreadable) : undefined;
  const servers = new Map([...found].filter(([name]) => !unreadable.has(name)));
  return {
    servers,
    unreadable,
    uses: uses.filter(({ peer }) => servers.has(peer)),
    ...(tokens && { loginTokens: tokens }),
  };
}

async function loginTokens(
  registry: ServerRegistry,
  servers: ReadonlyMap<string, ServerSurvey>,
  unreadable: Map<string, ServerError>,
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    [...servers.keys()].map(async (name): Promise<[string, string][]> => {
      const token = await tokenOfLogin(registry.get(name)).catch((error: unknown) =>
        note(unreadable, name, error),
      );
      return token ? [[name, token.name]] : [];
    }),
  );
  return new Map(found.flat());
}

async function tokenOfLogin(server: Server): Promise<ApiTokenDetails | undefined> {
  const secret = await server.loginToken();
  return secret && tokenOfSecret(server, secret.reveal());
}

/** Lists the tokens that servers hold for others that were read. */
function storedTokens(
  servers: ReadonlyMap<string, ServerSurvey>,
  nameAt: (address: string) => string | undefined,
): (Omit<TokenUse, "token"> & { readonly user: string | undefined })[] {
  return [...servers.values()].flatMap(({ name: holder, members }) =>
    members.flatMap(({ key, fields }) => {
      const peer = nameAt(key);
      const isKnown = peer !== undefined && servers.has(peer);
      const { user, pass: secret } = fields;
      return isKnown && secret ? [{ holder, peer, key, secret, user }] : [];
    }),
  );
}

function note(unreadable: Map<string, ServerError>, peer: string, error: unknown): undefined {
  if (!isServerError(error)) throw error;
  unreadable.set(peer, error);
}
