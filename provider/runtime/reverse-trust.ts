import {
  reverseTrust as schema,
  type ReverseTrustInputs,
  type ReverseTrustState,
} from "../schema/reverse-trust";
import {
  readMember,
  removeMember,
  restoreMember,
  saysTheSame,
  writeMember,
  type Member,
  type MemberFields,
} from "../servers";
import { differing } from "./difference";
import { PartialFailure } from "./failures";
import { asProvider, type Lifecycle } from "./lifecycle";
import { refuseOwnAddress } from "./link-checks";
import { refuseMisdeclared } from "./live-server";
import { servers } from "./session";
import { takingOver } from "./taking-over";
import { probeToken } from "./token-probe";
import { confirmTrust } from "./trust-confirmation";
import { visibleInputs } from "./visible-inputs";

const lifecycle: Lifecycle<typeof schema, ReverseTrustState> = {
  title: "The reverse trust",
  entry: "member",
  schema,
  host: (state) => state.peer,

  compare(state, inputs) {
    const keys = [
      "server",
      "peer",
      "token",
      "serverAddress",
      "serverPublicAddress",
      "serverHostname",
      "user",
    ] as const;
    const differ = differing(keys, state, inputs);
    return {
      changed: differ.filter((key) => !isKey(key)),
      replaces: differ.filter(isKey),
      hidden: state.role !== undefined,
    };
  },

  async create(inputs) {
    const peer = servers().get(inputs.peer);
    refuseOwnAddress(peer, inputs.serverAddress);
    await observe(inputs);
    return peer.exclusively(async () => {
      const found = await readMember(peer, inputs.serverAddress);
      refuseTakingOver(found, inputs);
      const before = found && !isOurs(found, inputs) ? asText(found) : undefined;
      const state = { ...stateOf(inputs), ...(before !== undefined && { before }) };
      await write(inputs, state);
      return { id: idOf(inputs), state };
    });
  },

  async read(state) {
    const found = await readMember(servers().get(state.peer), state.serverAddress);
    if (!found) return undefined;
    const live = liveState(state, found);
    const { before: _before, ...inputs } = live;
    return { state: live, inputs: visibleInputs(inputs) };
  },

  async update(state, inputs) {
    await observe(inputs);
    const next = { ...stateOf(inputs), ...(state.before !== undefined && { before: state.before }) };
    await servers()
      .get(inputs.peer)
      .exclusively(() => write(inputs, next));
    return next;
  },

  async delete(state) {
    const peer = servers().get(state.peer);
    await peer.exclusively(async () => {
      if (state.before === undefined) return removeMember(peer, state.serverAddress);
      // Somebody has removed the entry meanwhile: an old one that may send zones is not brought back to life.
      if ((await readMember(peer, state.serverAddress)) === undefined) return;
      await restoreMember(peer, state.serverAddress, JSON.parse(state.before) as Before);
    });
  },
};

/** The entry with which a server's peer recognises it: create, read, update and delete. */
export const reverseTrust = asProvider(lifecycle);

interface Before {
  text?: string;
  roleText?: string;
}

// 1 observe: both servers, and the token from the peer's side, before anything is written.
async function observe(inputs: ReverseTrustInputs): Promise<void> {
  const server = servers().get(inputs.server);
  const peer = servers().get(inputs.peer);
  const { serverAddress: address, user, token } = inputs;
  await Promise.all([server, peer].map(refuseMisdeclared));
  await probeToken({ from: peer, to: server, address, user, token });
}

/** One flow for create and update: write the entry, have the peer confirm it. */
async function write(inputs: ReverseTrustInputs, state: ReverseTrustState): Promise<void> {
  const peer = servers().get(inputs.peer);
  // 2 ensure, 3 sync and read back
  try {
    await writeMember(peer, inputs.serverAddress, { fields: fieldsOf(inputs), role: "standalone" });
    await confirmTrust(peer, inputs);
  } catch (error) {
    throw new PartialFailure(idOf(inputs), { ...state, role: "missing" }, error);
  }
}

function isKey(name: string): boolean {
  return name === "server" || name === "peer" || name === "serverAddress";
}

function idOf(inputs: ReverseTrustInputs): string {
  return `${inputs.peer}/${inputs.serverAddress}`;
}

function fieldsOf(inputs: ReverseTrustInputs): MemberFields {
  return { user: inputs.user, host: inputs.serverHostname, pass: inputs.token };
}

function stateOf(inputs: ReverseTrustInputs): ReverseTrustState {
  const { adopt: _adopt, serverPublicAddress, foreignToken, ...state } = inputs;
  return {
    ...state,
    ...(serverPublicAddress !== undefined && { serverPublicAddress }),
    ...(foreignToken && { foreignToken }),
  };
}

function liveState(state: ReverseTrustState, found: Member): ReverseTrustState {
  const { role: _role, ...rest } = state;
  return {
    ...rest,
    token: found.fields.pass ?? "",
    user: found.fields.user ?? "",
    serverHostname: found.fields.host ?? "",
    ...(found.role !== "standalone" && { role: found.role ?? "missing" }),
  };
}

function isOurs(found: Member, inputs: ReverseTrustInputs): boolean {
  const sameRole = found.roleText === undefined || found.role === "standalone";
  return sameRole && saysTheSame(found.fields, fieldsOf(inputs));
}

/** Turning a hand-made `sync` entry into a standalone one would stop live DNS. */
function refuseTakingOver(found: Member | undefined, inputs: ReverseTrustInputs): void {
  if (!found || inputs.adopt || isOurs(found, inputs)) return;
  throw takingOver({
    found,
    server: inputs.peer,
    address: inputs.serverAddress,
    phrase: `make ${inputs.peer} trust ${inputs.server}`,
    adoption: "put a standalone entry in its place (it comes back on delete)",
  });
}

function asText(found: Member): string {
  return JSON.stringify({ text: found.text, roleText: found.roleText });
}
