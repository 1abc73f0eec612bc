import {
  Secret,
  ServerError,
  apiTokenGetDetails,
  isServerError,
  listStoredTokens,
  someAtOnce,
  type Server,
  type StoredToken,
} from "../../servers";
import type { ApiTokenState } from "../../schema/api-token";
import { recognise } from "../recognising/recognised";
import { isForgotten, readableNames, servers } from "../engine/session";

/** Servers whose files are read at the same time. */
const readAtOnce = 8;

/** Refuses to revoke a token that some member still uses: DNS would stop without a message. */
export async function refuseWhileStored(state: ApiTokenState): Promise<void> {
  for (const { user, stored } of await storedByUsers(state))
    if (stored.length > 0) throw stillStored(state, user, stored);
}

/** Lists the users of a token that still store it. */
export async function storingUsers(state: ApiTokenState): Promise<string[]> {
  return (await storedByUsers(state)).filter(({ stored }) => stored.length > 0).map(({ user }) => user);
}

/**
 * Lists the servers that may store a token: its users or, if it names none, every other server of the provider whose files
 * can be read. Leaves out those that are gone for good.
 */
export function namesOfUsers({ server, users }: ApiTokenState): string[] {
  if (users.length > 0) return users.filter((name) => !isForgotten(name));
  return readableNames().filter((name) => name !== server);
}

interface StoredByUser {
  readonly user: string;
  readonly stored: readonly StoredToken[];
}

function storedByUsers(state: ApiTokenState): Promise<StoredByUser[]> {
  return someAtOnce(namesOfUsers(state), readAtOnce, async (user) => {
    const found = await tokensOf(user).catch((error: unknown) => {
      throw state.users.length === 0 && isServerError(error) ? notKnown(state, error) : error;
    });
    return { user, stored: found.filter(({ secret }) => secret === state.token) };
  });
}

/**
 * Whether one of the servers that use a token may have a member with the token of this name. The answer is also yes if
 * it can't be known: no user is named, a member belongs to no known server, or WHM can only be asked on a command line.
 * A secret is shown only to the server that it opens.
 */
export async function mayBeStored(
  server: Server,
  tokenName: string,
  users: readonly string[],
): Promise<boolean> {
  const known = users.filter((user) => !isForgotten(user));
  if (known.length === 0) return true;
  const stored = (await Promise.all(known.map(tokensOf))).flat();
  if (stored.some(({ member }) => servers().nameAt(member) === undefined)) return true;
  const own = stored.filter(({ member }) => servers().nameAt(member) === server.name);
  if (own.length > 0 && !server.settings.api) return true;
  const found = await Promise.all(
    own.map(({ secret }) => apiTokenGetDetails(server.api, { token: new Secret(secret) })),
  );
  return found.some((details) => details?.name === tokenName);
}

/**
 * Lists the tokens that a user stores. Recognises the server first: finding none on another machine would prove nothing.
 */
async function tokensOf(user: string): Promise<StoredToken[]> {
  const server = servers().get(user);
  await recognise(server);
  return listStoredTokens(server);
}

function stillStored(state: ApiTokenState, user: string, stored: readonly StoredToken[]): ServerError {
  const members = stored.map((token) => `${token.member} of ${token.user}`).join(", ");
  return new ServerError({
    code: "in-use",
    server: state.server,
    phrase: `revoke the API token ${state.tokenName}`,
    said: `${user} still reaches a member with it (${members})`,
    wayOut:
      "Give that member another token first: run pulumi up without --target, and without deleteBeforeReplace on the token.",
  });
}

/** Explains why a server is asked that the program does not name as a user. */
function notKnown({ tokenName }: ApiTokenState, error: ServerError): ServerError {
  return new ServerError({
    code: error.code,
    server: error.server,
    phrase: `find out whether the API token ${tokenName} is still stored`,
    said: `it failed to ${error.phrase}: ${error.said}`,
    wayOut: `${error.wayOut} The token names no users, so every server of the provider is asked before it is revoked: name those that store it in \`users\`.`,
    cause: error,
  });
}
