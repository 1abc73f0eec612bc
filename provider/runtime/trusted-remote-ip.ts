import {
  trustedRemoteIp as schema,
  type TrustedRemoteIpInputs,
  type TrustedRemoteIpState,
} from "../schema/trusted-remote-ip";
import {
  addTrustedAddress,
  holdsAddress,
  readTrustedAddresses,
  removeTrustedAddress,
  type FoundAddress,
} from "../servers";
import { differing } from "./difference";
import { PartialFailure } from "./failures";
import { asProvider, type Lifecycle } from "./lifecycle";
import { servers } from "./session";

const lifecycle: Lifecycle<typeof schema, TrustedRemoteIpState> = {
  title: "The trusted address",
  entry: "line",
  schema,
  host: (state) => state.server,

  compare: (state, inputs) => ({
    changed: [],
    replaces: differing(["server", "address"], state, inputs),
    hidden: false,
  }),

  async create(inputs) {
    const state = await ensure(inputs, (found) => stateOf(inputs, found));
    return { id: idOf(inputs), state };
  },

  async read(state) {
    const text = await readTrustedAddresses(servers().get(state.server));
    if (text === undefined || !holdsAddress(text, state.address)) return undefined;
    return {
      state,
      inputs: { logicalName: state.logicalName, server: state.server, address: state.address },
    };
  },

  // Comes only after a write that was not confirmed: what stood there before the first try is what counts.
  update: (state, inputs) => ensure(inputs, () => state),

  async delete(state) {
    if (state.createdFile) filesMadeHere.add(state.server);
    if (state.existedBefore) return;
    const server = servers().get(state.server);
    const madeHere = filesMadeHere.has(state.server);
    const isGone = await server.exclusively(() => removeTrustedAddress(server, state.address, madeHere));
    if (isGone) filesMadeHere.delete(state.server);
  },
};

/**
 * Servers whose file was made for a line of ours. Every line of that run knows it, and tells the others when it is
 * deleted: any of them may be the last one to go.
 */
const filesMadeHere = new Set<string>();

/** One line among the trusted addresses of a server: create, read and delete. */
export const trustedRemoteIp = asProvider(lifecycle);

/** One flow for create and update; the state follows from what was found, or is what is known already. */
async function ensure(
  inputs: TrustedRemoteIpInputs,
  stateFrom: (found: FoundAddress) => TrustedRemoteIpState,
): Promise<TrustedRemoteIpState> {
  const server = servers().get(inputs.server);
  const line = { address: inputs.address, owner: inputs.logicalName };
  const begun: { state?: TrustedRemoteIpState } = {};
  const onFound = (found: FoundAddress): void => {
    begun.state = stateFrom(found);
  };
  try {
    await server.exclusively(() => addTrustedAddress(server, line, onFound));
  } catch (error) {
    throw begun.state ? new PartialFailure(idOf(inputs), begun.state, error) : error;
  }
  return begun.state ?? inputs;
}

function stateOf(
  inputs: TrustedRemoteIpInputs,
  { existedBefore, createdFile, wasEmpty }: FoundAddress,
): TrustedRemoteIpState {
  if (createdFile) filesMadeHere.add(inputs.server);
  if (wasEmpty) filesMadeHere.delete(inputs.server);
  const madeHere = filesMadeHere.has(inputs.server);
  return { ...inputs, ...(existedBefore && { existedBefore }), ...(madeHere && { createdFile: true }) };
}

function idOf({ server, address }: TrustedRemoteIpInputs): string {
  return `${server}/${address}`;
}
