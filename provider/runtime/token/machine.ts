import type * as pulumi from "@pulumi/pulumi";
import type { ApiTokenInputs, ApiTokenState } from "../../schema/api-token";
import { isServerError, type Server } from "../../servers";
import type { Properties } from "../engine/checked-inputs";
import { recogniseHost } from "../recognising/recognised";
import { servers } from "../engine/session";
import { warn } from "../engine/warn";

// A server that moves to a new machine keeps its name. Its tokens stay behind; its address tells the machines apart.

/**
 * Whether a token belongs to a machine at another address, if both addresses are known. A token with a name of its own
 * is looked up instead of replaced: on the same machine a second one couldn't have its name.
 */
export function needsReplacement(state: ApiTokenState, inputs: ApiTokenInputs): boolean {
  if (state.serverAddress === undefined || inputs.serverAddress === undefined) return false;
  return state.serverAddress !== inputs.serverAddress && inputs.tokenName === undefined;
}

/**
 * Makes a provider drop a token whose server is now another machine at another address. The token stays on the old
 * machine, which nothing here leads to any more, and its secret is not shown to the new one.
 */
export function leavingOldMachines(
  provider: pulumi.dynamic.ResourceProvider,
): pulumi.dynamic.ResourceProvider {
  return {
    ...provider,
    delete: async (id: string, props: Properties) => {
      const state = props as unknown as ApiTokenState;
      if (await isLeftBehind(state, props.host)) return warnOfOldMachine(servers().get(state.server), state);
      await provider.delete?.(id, props);
    },
  };
}

/** Whether the token stayed behind. The deletion itself reports anything else that is wrong with the server. */
async function isLeftBehind(state: ApiTokenState, known: string | undefined): Promise<boolean> {
  try {
    if (!hasMoved(servers().get(state.server), state)) return false;
    await recogniseHost(state.server, known);
    return false;
  } catch (error) {
    return isServerError(error, "another-server");
  }
}

/** Warns that a token unknown to the server may still exist elsewhere, if it was made at another address. */
export function warnOfOldMachine(server: Server, state: ApiTokenState): void {
  if (!hasMoved(server, state)) return;
  warn(
    `${server.name} is at ${server.settings.address} now and does not know the API token ${state.tokenName}, ` +
      `which was made at ${state.serverAddress}: if that machine is still in use, revoke the token there.`,
  );
}

function hasMoved(
  { settings: { address, publicAddress } }: Server,
  { serverAddress }: ApiTokenState,
): boolean {
  if (serverAddress === undefined || address === undefined) return false;
  return ![address, publicAddress].includes(serverAddress);
}
