import {
  Secret,
  ServerError,
  apiTokenGetDetails,
  listStoredTokens,
  type Server,
  type StoredToken,
} from "../../servers";
import type { ApiTokenState } from "../../schema/api-token";
import { recognise } from "../recognising/recognised";
import { isForgotten, servers } from "../engine/session";

/** Refuses to revoke a token that some member still uses: DNS would stop without a message. */
export async function refuseWhileStored(state: ApiTokenState): Promise<void> {
  for (const user of knownUsers(state)) {
    const stored = await storedBy(user, state);
    if (stored.length > 0) throw stillStored(state, user, stored);
  }
}

/** Whether one of the users of a token still stores it. */
export async function isStored(state: ApiTokenState): Promise<boolean> {
  const stored = await Promise.all(knownUsers(state).map((user) => storedBy(user, state)));
  return stored.flat().length > 0;
}

function knownUsers({ users }: ApiTokenState): string[] {
  return users.filter((name) => !isForgotten(name));
}

async function storedBy(user: string, { token }: ApiTokenState): Promise<StoredToken[]> {
  return (await tokensOf(user)).filter(({ secret }) => secret === token);
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

function stillStored(state: ApiTokenState, user: string, stored: StoredToken[]): ServerError {
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
