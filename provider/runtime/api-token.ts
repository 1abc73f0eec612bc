import { isDeepStrictEqual } from "node:util";
import { apiToken as schema, type ApiTokenInputs, type ApiTokenState } from "../schema/api-token";
import {
  ServerError,
  apiTokenList,
  apiTokenRevoke,
  apiTokenUpdate,
  type ApiTokenDetails,
  type Server,
} from "../servers";
import { differing } from "./difference";
import { PartialFailure } from "./failures";
import { asProvider, type Lifecycle } from "./lifecycle";
import { servers } from "./session";
import { createToken } from "./token-creation";
import { tokenSettings } from "./token-settings";
import { refuseWhileStored } from "./token-users";
import { refuseOwnLogin } from "./own-login";

const lifecycle: Lifecycle<typeof schema, ApiTokenState> = {
  title: "The API token",
  schema,
  host: (state) => state.server,

  compare(state, inputs) {
    const renamed = inputs.tokenName !== undefined && inputs.tokenName !== state.tokenName;
    const settings = differing(["acls", "whitelistIps", "expiresAt"], tokenSettings(state), tokenSettings(inputs));
    return {
      changed: [...(renamed ? ["tokenName"] : []), ...settings, ...differing(["users"], state, inputs)],
      replaces: differing(["server", "rotate"], state, inputs),
      hidden: false,
    };
  },

  async create(inputs) {
    const server = servers().get(inputs.server);
    const { token, ...made } = await server.exclusively(() => createToken(server, inputs));
    const state = stateOf(inputs, made, token.reveal());
    const id = `${inputs.server}/${made.name}`;
    try {
      confirm(server, inputs, await findToken(server, state));
    } catch (error) {
      throw new PartialFailure(id, state, error);
    }
    return { id, state };
  },

  async read(state) {
    const found = await findToken(servers().get(state.server), state);
    if (!found) return undefined;
    const live = { ...state, ...settingsOf(found) };
    return { state: live, inputs: inputsOf(live) };
  },

  async update(state, inputs) {
    const server = servers().get(inputs.server);
    return server.exclusively(async () => {
      // 1 observe
      const found = await findToken(server, state);
      if (!found) throw gone(state);
      // 3 sync, only what differs: WHM takes an update that changes nothing for an error
      const newName = inputs.tokenName ?? found.name;
      if (newName !== found.name || !isDeepStrictEqual(tokenSettings(found), tokenSettings(inputs))) {
        await apiTokenUpdate(server.api, requestOf(inputs, found.name, newName));
      }
      // 4 read back and return
      const next = { ...state, tokenName: newName };
      const after = confirm(server, inputs, await findToken(server, next));
      return stateOf(inputs, after, state.token);
    });
  },

  async delete(state) {
    const server = servers().get(state.server);
    await server.exclusively(async () => {
      const found = await findToken(server, state);
      if (!found) return;
      await refuseOwnLogin(server, state);
      await refuseWhileStored(state);
      await apiTokenRevoke(server.api, { tokenName: found.name });
      if (await findToken(server, state)) throw notConfirmed(server, `revoke the API token ${found.name}`, "it is still listed");
    });
  },
};

/** A token of a server with few privileges: create, read, update, revoke. */
export const apiToken = asProvider(lifecycle);

/** The token of this state. One of the same name that was made at another time is somebody else's. */
async function findToken(server: Server, state: ApiTokenState): Promise<ApiTokenDetails | undefined> {
  const tokens = await apiTokenList(server.api);
  return tokens.find(({ name, createTime }) => name === state.tokenName && (createTime ?? 0) === state.createTime);
}

function requestOf(inputs: ApiTokenInputs, tokenName: string, newName: string) {
  return { tokenName, ...(newName !== tokenName && { newName }), ...tokenSettings(inputs) };
}

function stateOf(inputs: ApiTokenInputs, made: ApiTokenDetails, token: string): ApiTokenState {
  const { expiresAt, rotate, ...rest } = inputs;
  return {
    ...rest,
    tokenName: made.name,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(rotate !== undefined && { rotate }),
    token,
    createTime: made.createTime ?? 0,
  };
}

/** Live settings as the state writes them. */
function settingsOf(found: ApiTokenDetails): Pick<ApiTokenState, "acls" | "whitelistIps" | "expiresAt"> {
  const { expiresAt, ...lists } = tokenSettings(found);
  return { ...lists, ...(expiresAt !== undefined && { expiresAt }) };
}

/** What can be declared, with live values. */
function inputsOf(live: ApiTokenState): object {
  const { token: _secret, createTime: _time, ...inputs } = live;
  return inputs;
}

function confirm(server: Server, inputs: ApiTokenInputs, found: ApiTokenDetails | undefined): ApiTokenDetails {
  if (found && isDeepStrictEqual(tokenSettings(found), tokenSettings(inputs))) return found;
  throw notConfirmed(server, "write the API token", found ? "its settings read back differently" : "it is not listed");
}

function notConfirmed(server: Server, phrase: string, said: string): ServerError {
  return new ServerError({
    code: "not-confirmed",
    server: server.name,
    phrase,
    said,
    wayOut: "Look at Manage API Tokens in WHM, then run pulumi up again.",
  });
}

function gone(state: ApiTokenState): ServerError {
  return new ServerError({
    code: "not-confirmed",
    server: state.server,
    phrase: `update the API token ${state.tokenName}`,
    said: "there is no such token any more",
    wayOut: "Run pulumi refresh, then pulumi up: a new token is made and handed to the members that use it.",
  });
}
