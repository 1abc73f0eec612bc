import type { ApiTokenInputs, ApiTokenState } from "../schema/api-token";
import type { Server } from "../servers";
import { warn } from "./warn";

// A server that moves to a new machine keeps its name. Its tokens stay behind, and the machine is told by its address.

/**
 * Whether a token belongs to a machine at another address, as far as both are told. A token with a name of its own is
 * looked up instead of being replaced: where the machine is the same, a second one could not have its name.
 */
export function needsReplacement(state: ApiTokenState, inputs: ApiTokenInputs): boolean {
  if (state.serverAddress === undefined || inputs.serverAddress === undefined) return false;
  return state.serverAddress !== inputs.serverAddress && inputs.tokenName === undefined;
}

/** Says that a token which the server does not know may live on elsewhere, when it was made at another address. */
export function warnOfOldMachine(server: Server, { tokenName, serverAddress }: ApiTokenState): void {
  const { address, publicAddress } = server.settings;
  if (serverAddress === undefined || address === undefined) return;
  if ([address, publicAddress].includes(serverAddress)) return;
  warn(
    `${server.name} is at ${address} now and does not know the API token ${tokenName}, which was made at ${serverAddress}: ` +
      "if that machine is still in use, revoke the token there.",
  );
}
