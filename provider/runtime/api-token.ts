import { apiToken as schema, type ApiTokenState } from "../schema/api-token";
import {
  apiTokenRevoke,
  Secret,
  apiTokenGetDetails,
  apiTokenList,
  type ApiTokenDetails,
  type Server,
  ServerError,
} from "../servers";
import { differing } from "./difference";
import { refusingUselessExpiry } from "./token/check-expiry";
import { isExpired } from "./token/expiry";
import { isCleaningDue, keptFor, letExpire, revokeKept } from "./token/kept-tokens";
import { revokeLeftTokens } from "./token/left-tokens";
import { asProvider, type Lifecycle } from "./lifecycle";
import { servers } from "./engine/session";
import { warn } from "./engine/warn";
import { leavingOldMachines, needsReplacement, warnOfOldMachine } from "./token/machine";
import { isDue, rememberPredecessor, wantedExpiry } from "./token/renewal";
import { notConfirmed } from "./token/not-confirmed";
import { isReplaced, rememberDeclared } from "./token/replaced";
import { tokenSettings } from "./token/settings";
import { idOf, inputsOf, liveState } from "./token/state";
import { refuseWhileStored, storingUsers } from "./token/users";
import { change, make, renew } from "./token/writing";

const lifecycle: Lifecycle<typeof schema, ApiTokenState> = {
  title: "The API token",
  judged: "token",
  isReadOverApi: true,
  schema,
  host: (state) => state.server,

  compare(state, inputs) {
    const renamed = inputs.tokenName !== undefined && inputs.tokenName !== state.tokenName;
    const settings = differing(
      ["acls", "whitelistIps", "expiresAt"],
      tokenSettings(state),
      tokenSettings({ ...inputs, expiresAt: wantedExpiry(state, inputs) }),
    );
    const moves = needsReplacement(state, inputs);
    const plain = differing(["users", "serverAddress", "renewBefore", "keepOldFor"], state, inputs);
    const due = isDue(state, inputs);
    rememberPredecessor(state, inputs);
    rememberDeclared(state, inputs);
    return {
      changed: [...(renamed ? ["tokenName"] : []), ...settings, ...plain],
      replaces: [
        ...differing(["server", "rotate"], state, inputs),
        ...(moves ? ["serverAddress"] : []),
        ...(due ? ["expiresAt"] : []),
      ],
      hidden: state.expired === true || due || isCleaningDue(state),
      leavesMachine: moves,
    };
  },

  async create(inputs) {
    const server = servers().get(inputs.server);
    const state = await make(server, inputs);
    return { id: idOf(state), state };
  },

  async read(state) {
    const server = servers().get(state.server);
    const found = await findToken(server, state);
    if (!found) return undefined;
    const live = liveState(state, found, await isExpired(server, found, state.token));
    return { state: live, inputs: inputsOf(live) };
  },

  async update(state, inputs) {
    const server = servers().get(inputs.server);
    // 1 observe
    const found = await findToken(server, state);
    // 2 ensure: members that use the old secret get the new one, because the output has changed
    if (!found) {
      warnOfOldMachine(server, state);
      return make(server, inputs);
    }
    if (await isExpired(server, found, state.token)) return renew(server, found, inputs);
    // 3 sync, 4 read back and return
    const changed = await server.exclusively(() => change(server, found, inputs, state));
    return { ...changed, ...(state.adopted && { adopted: state.adopted }) };
  },

  async delete(state) {
    const server = servers().get(state.server);
    await server.exclusively(async () => {
      const found = await findToken(server, state);
      if (!found) {
        warnOfOldMachine(server, state);
        return revokeLeftTokens(server, state, false);
      }
      const storing = state.adopted ? await storingUsers(state) : [];
      if (storing.length > 0) return warn(staysAdopted(server, found, storing));
      await refuseOwnLogin(server, state);
      // Nothing can be reached with an expired token, wherever it is stored.
      const isOver = await isExpired(server, found, state.token);
      if (!isOver) await refuseWhileStored(state);
      const keeps = isOver ? undefined : await keptFor(server, state);
      if (keeps === undefined) await revoke(server, state, found);
      else await letExpire(server, found, keeps);
      await revokeLeftTokens(server, state, keeps !== undefined);
    });
  },
};

/** Lifecycle of a server's token with few privileges: create, read, update, revoke. */
export const apiToken = leavingOldMachines(refusingUselessExpiry(asProvider(lifecycle)));

/**
 * Finds the token of this state. One of the same name that was made at another time belongs to somebody else. One that was
 * renamed, in WHM or by an update whose answer was lost, is found by its secret if the API can safely be asked for it.
 */
async function findToken(server: Server, state: ApiTokenState): Promise<ApiTokenDetails | undefined> {
  const tokens = await apiTokenList(server.api);
  const found = tokens.find((token) => token.name === state.tokenName && isOfThatTime(token, state));
  if (found || !server.settings.api) return found;
  const owner = await apiTokenGetDetails(server.api, { token: new Secret(state.token) });
  return tokens.find((token) => token.name === owner?.name);
}

/** Revokes a token, and those that it has replaced if it is the last one of its resource. */
async function revoke(server: Server, state: ApiTokenState, found: ApiTokenDetails): Promise<void> {
  await apiTokenRevoke(server.api, { tokenName: found.name });
  if (await findToken(server, state))
    throw notConfirmed(server, `revoke the API token ${found.name}`, "it is still listed");
  if (!(await isReplaced(server, state))) await revokeKept(server, state);
}

function isOfThatTime({ createTime }: ApiTokenDetails, state: ApiTokenState): boolean {
  return (createTime ?? 0) === state.createTime;
}

function staysAdopted(server: Server, { name }: ApiTokenDetails, storing: readonly string[]): string {
  return `The API token ${name} stays on ${server.name}: it was there before this stack adopted it, and a member of ${storing.join(" and ")} still uses it.`;
}

/** Refuses to revoke the token that the provider itself logs in with: nothing could be managed after that. */
async function refuseOwnLogin(server: Server, state: ApiTokenState): Promise<void> {
  if (!(await server.logsInWith(state.token))) return;
  throw new ServerError({
    code: "in-use",
    server: server.name,
    phrase: `revoke the API token ${state.tokenName}`,
    said: "the provider itself logs in with it",
    wayOut: "Give the provider another token for this server, run pulumi up, and try again.",
  });
}
