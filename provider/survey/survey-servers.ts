import {
  isServerError,
  tokenOfSecret,
  type ApiTokenDetails,
  type Server,
  type ServerError,
  type ServerRegistry,
} from "../servers";
import { lookAt, type Pace } from "./at-once";
import { copiedConnections, refuseOtherMachine, type ExpectedServer } from "./expected-machines";
import { readServer } from "./read-server";
import type { ServerSurvey, Survey, TokenUse } from "./server-survey";

/** How a look goes on from the servers that it begins with. */
export interface Route {
  /** Returns further servers to read, given those that were read; called until it returns none. @default none */
  readonly follow?: (sofar: ReadonlyMap<string, ServerSurvey>) => Promise<readonly string[]>;
  /** Whether a server counts that was read: not if it was read already under another name. @default all do */
  readonly counts?: (survey: ServerSurvey, unreadable: ReadonlyMap<string, ServerError>) => boolean;
  /** Returns the name of the server at an address. @default as the registry knows it */
  readonly nameAt?: (address: string) => string | undefined;
  /** Returns what is known of a server before it is read; undefined for nothing. @default its settings in the registry */
  readonly expected?: (name: string) => ExpectedServer | undefined;
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
  route: Route = {},
): Promise<Survey> {
  const { nameAt = (address) => registry.nameAt(address), asksLoginTokens = false } = route;
  const { found, unreadable } = await readAlong(registry, names, pace, route);
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

/** Reads servers and those to which they lead. */
async function readAlong(
  registry: ServerRegistry,
  names: readonly string[],
  pace: Pace,
  { follow = () => Promise.resolve([]), counts = () => true, expected = settingsIn(registry) }: Route,
): Promise<{ found: Map<string, ServerSurvey>; unreadable: Map<string, ServerError> }> {
  const found = new Map<string, ServerSurvey>();
  const unreadable = new Map<string, ServerError>();
  const looked = new Set<string>();
  for (let next = names; next.length > 0;) {
    const { results, failures } = await lookAt(
      registry,
      next,
      (server) => readExpected(server, expected),
      pace,
    );
    next.forEach((name) => looked.add(name));
    failures.forEach((error, name) => unreadable.set(name, error));
    for (const [name, survey] of results) if (counts(survey, unreadable)) found.set(name, survey);
    next = (await follow(found)).filter((name) => !looked.has(name));
  }
  for (const [name, error] of copiedConnections(found, registry)) {
    unreadable.set(name, error);
    found.delete(name);
  }
  return { found, unreadable };
}

async function readExpected(server: Server, expected: NonNullable<Route["expected"]>): Promise<ServerSurvey> {
  const known = expected(server.name);
  if (known) await refuseOtherMachine(server, known);
  return readServer(server);
}

function settingsIn(registry: ServerRegistry): (name: string) => ExpectedServer {
  return (name) => registry.get(name).settings;
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
