import { isDeepStrictEqual } from "node:util";
import { apiToken as schema, type ApiTokenInputs, type ApiTokenState } from "../schema/api-token";
import {
  ServerError,
  apiTokenList,
  apiTokenRevoke,
  apiTokenUpdate,
  isServerError,
  type ApiTokenDetails,
  type Server,
} from "../servers";
import { differing } from "./difference";
import { PartialFailure } from "./failures";
import { findToken } from "./find-token";
import { asProvider, type Lifecycle } from "./lifecycle";
import { refuseOwnLogin } from "./own-login";
import { servers } from "./session";
import { createToken } from "./token-creation";
import { isAutomaticName } from "./token-name";
import { tokenSettings } from "./token-settings";
import { refuseWhileStored } from "./token-users";

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
      tokenSettings(inputs),
    );
    return {
      changed: [...(renamed ? ["tokenName"] : []), ...settings, ...differing(["users"], state, inputs)],
      replaces: differing(["server", "rotate"], state, inputs),
      hidden: false,
    };
  },

  async create(inputs) {
    const server = servers().get(inputs.server);
    const state = await make(server, inputs);
    return { id: idOf(state), state };
  },

  async read(state) {
    const found = await findToken(servers().get(state.server), state);
    if (!found) return undefined;
    const live = liveState(state, found);
    return { state: live, inputs: inputsOf(live) };
  },

  async update(state, inputs) {
    const server = servers().get(inputs.server);
    // 1 observe
    const found = await findToken(server, state);
    // 2 ensure: members that use the old secret get the new one, as it is an output that has changed
    if (!found) return make(server, inputs);
    // 3 sync, 4 read back and return
    return server.exclusively(() => change(server, found, inputs, state.token));
  },

  async delete(state) {
    const server = servers().get(state.server);
    await server.exclusively(async () => {
      const found = await findToken(server, state);
      if (!found) return;
      await refuseOwnLogin(server, state);
      await refuseWhileStored(state);
      await apiTokenRevoke(server.api, { tokenName: found.name });
      if (!(await findToken(server, state))) return;
      throw notConfirmed(server, `revoke the API token ${found.name}`, "it is still listed");
    });
  },
};

/** A token of a server with few privileges: create, read, update, revoke. */
export const apiToken = asProvider(lifecycle);

/** Makes the token. Its secret is told once, so that whatever fails afterwards it is saved. */
async function make(server: Server, inputs: ApiTokenInputs): Promise<ApiTokenState> {
  const { token, ...made } = await server.exclusively(() => createToken(server, inputs));
  const state = stateOf(inputs, made, token.reveal());
  try {
    confirm(server, inputs, await findNamed(server, made.name));
  } catch (error) {
    throw new PartialFailure(idOf(state), state, error);
  }
  return state;
}

/** Changes what differs: WHM takes an update that changes nothing for an error. */
async function change(
  server: Server,
  found: ApiTokenDetails,
  inputs: ApiTokenInputs,
  token: string,
): Promise<ApiTokenState> {
  const newName = inputs.tokenName ?? found.name;
  try {
    if (newName !== found.name || !hasSettings(found, inputs)) {
      await apiTokenUpdate(server.api, requestOf(inputs, found.name, newName));
    }
    return stateOf(inputs, confirm(server, inputs, await findNamed(server, newName)), token);
  } catch (error) {
    if (isServerError(error, ...refusals)) throw error;
    const state = stateOf(inputs, found, token);
    throw new PartialFailure(idOf(state), state, error);
  }
}

/** Answers after which nothing has changed. */
const refusals = ["refused-by-server", "refused-credential", "missing-privilege"] as const;

async function findNamed(server: Server, name: string): Promise<ApiTokenDetails | undefined> {
  const tokens = await apiTokenList(server.api);
  return tokens.find((token) => token.name === name);
}

function idOf({ server, tokenName }: ApiTokenState): string {
  return `${server}/${tokenName}`;
}

function hasSettings(found: ApiTokenDetails, inputs: ApiTokenInputs): boolean {
  return isDeepStrictEqual(tokenSettings(found), tokenSettings(inputs));
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

/** The state with the live settings; what is equal but written in another way stays as the user wrote it. */
function liveState(state: ApiTokenState, found: ApiTokenDetails): ApiTokenState {
  const { expiresAt: _before, ...rest } = state;
  const { expiresAt, acls, whitelistIps } = tokenSettings(found);
  const written = tokenSettings(state);
  return {
    ...rest,
    tokenName: found.name,
    acls: isDeepStrictEqual(acls, written.acls) ? state.acls : acls,
    whitelistIps: isDeepStrictEqual(whitelistIps, written.whitelistIps) ? state.whitelistIps : whitelistIps,
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** What can be declared, with live values; a name that was made up here is nobody's declaration. */
function inputsOf(live: ApiTokenState): object {
  const { token: _secret, createTime: _time, tokenName, ...inputs } = live;
  return { ...inputs, ...(!isAutomaticName(live) && { tokenName }) };
}

function confirm(
  server: Server,
  inputs: ApiTokenInputs,
  found: ApiTokenDetails | undefined,
): ApiTokenDetails {
  if (found && hasSettings(found, inputs)) return found;
  const said = found ? "its settings read back differently" : "it is not listed";
  throw notConfirmed(server, "write the API token", said);
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
