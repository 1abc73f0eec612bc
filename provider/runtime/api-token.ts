import { apiToken as schema, type ApiTokenState } from "../schema/api-token";
import { apiTokenRevoke } from "../servers";
import { differing } from "./difference";
import { refusingPastExpiry } from "./token/expiry-check";
import { findToken } from "./token/find";
import { revokeLeftTokens } from "./token/left-tokens";
import { asProvider, type Lifecycle } from "./lifecycle";
import { refuseOwnLogin } from "./token/own-login";
import { servers } from "./engine/session";
import { isExpired } from "./token/expiry";
import { leavingOldMachines, needsReplacement, warnOfOldMachine } from "./token/machine";
import { tokenSettings } from "./token/settings";
import { idOf, inputsOf, liveState } from "./token/state";
import { refuseWhileStored } from "./token/users";
import { change, make, notConfirmed, renew } from "./token/writing";

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
    const moves = needsReplacement(state, inputs);
    const plain = differing(["users", "serverAddress"], state, inputs);
    return {
      changed: [...(renamed ? ["tokenName"] : []), ...settings, ...plain],
      replaces: [...differing(["server", "rotate"], state, inputs), ...(moves ? ["serverAddress"] : [])],
      hidden: state.expired === true,
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
    // 2 ensure: members that use the old secret get the new one, as it is an output that has changed
    if (!found) {
      warnOfOldMachine(server, state);
      return make(server, inputs);
    }
    if (await isExpired(server, found, state.token)) return renew(server, found, inputs);
    // 3 sync, 4 read back and return
    return server.exclusively(() => change(server, found, inputs, state.token));
  },

  async delete(state) {
    const server = servers().get(state.server);
    await server.exclusively(async () => {
      const found = await findToken(server, state);
      if (!found) return warnOfOldMachine(server, state);
      await refuseOwnLogin(server, state);
      // Nothing is reached with an expired one, wherever it is stored.
      if (!(await isExpired(server, found, state.token))) await refuseWhileStored(state);
      await apiTokenRevoke(server.api, { tokenName: found.name });
      if (await findToken(server, state))
        throw notConfirmed(server, `revoke the API token ${found.name}`, "it is still listed");
      await revokeLeftTokens(server, state);
    });
  },
};

/** A token of a server with few privileges: create, read, update, revoke. */
export const apiToken = leavingOldMachines(refusingPastExpiry(asProvider(lifecycle)));
