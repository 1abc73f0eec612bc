import { trustedRemoteIp as schema, type TrustedRemoteIpState } from "../schema/trusted-remote-ip";
import { addTrustedAddress, holdsAddress, readTrustedAddresses, removeTrustedAddress } from "../servers";
import { differing } from "./difference";
import { asProvider, type Lifecycle } from "./lifecycle";
import { servers } from "./session";

const lifecycle: Lifecycle<typeof schema, TrustedRemoteIpState> = {
  title: "The trusted address",
  schema,
  host: (state) => state.server,

  compare: (state, inputs) => ({
    changed: [],
    replaces: differing(["server", "address"], state, inputs),
    hidden: false,
  }),

  async create(inputs) {
    const server = servers().get(inputs.server);
    const added = await server.exclusively(() => addTrustedAddress(server, inputs.address));
    const state = {
      ...inputs,
      ...(added.existedBefore && { existedBefore: true }),
      ...(added.createdFile && { createdFile: true }),
    };
    return { id: `${inputs.server}/${inputs.address}`, state };
  },

  async read(state) {
    const text = await readTrustedAddresses(servers().get(state.server));
    if (text === undefined || !holdsAddress(text, state.address)) return undefined;
    return { state, inputs: { server: state.server, address: state.address } };
  },

  update: (state) => Promise.resolve(state),

  async delete(state) {
    if (state.createdFile) filesMadeHere.add(state.server);
    if (state.existedBefore) return;
    const server = servers().get(state.server);
    await server.exclusively(() =>
      removeTrustedAddress(server, state.address, filesMadeHere.has(state.server)),
    );
  },
};

/**
 * Servers whose file was made for the first of our lines. Only that line's state knows it, and another line may be the
 * last one to go.
 */
const filesMadeHere = new Set<string>();

/** One line among the trusted addresses of a server: create, read and delete. */
export const trustedRemoteIp = asProvider(lifecycle);
