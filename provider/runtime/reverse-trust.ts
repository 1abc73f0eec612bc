import {
  reverseTrust as schema,
  type ReverseTrustInputs,
  type ReverseTrustState,
} from "../schema/reverse-trust";
import {
  missingEntry,
  readMember,
  removeMember,
  restoreMember,
  saysTheSame,
  writeMember,
  type Claimant,
  type Member,
  type MemberFields,
} from "../servers";
import { keepEntry, releaseEntry, writeClaimed, type WantedEntry } from "./claims/claimed-entry";
import { claimStatus, standingClaim } from "./claims/claims";
import { isRefused } from "./token/alive";
import { differing } from "./difference";
import { PartialFailure } from "./engine/failures";
import { asProvider, type Lifecycle } from "./lifecycle";
import { refuseOwnAddress } from "./live-links/link-checks";
import { refuseMisdeclared } from "./recognising/live-server";
import { servers } from "./engine/session";
import { probeToken } from "./token/probe";
import { confirmTrust } from "./member/trust-confirmation";
import { visibleInputs } from "./engine/visible-inputs";

const lifecycle: Lifecycle<typeof schema, ReverseTrustState> = {
  title: "The reverse trust",
  judged: "trust",
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
      hidden: state.role !== undefined || state.unclaimed === true || state.tokenRefused === true,
      deletesFirst: state.peer === inputs.peer && state.serverHostname === inputs.serverHostname,
    };
  },

  async create(inputs) {
    const peer = servers().get(inputs.peer);
    refuseOwnAddress(peer, inputs.serverAddress);
    await observe(inputs);
    return peer.exclusively(async () => {
      const state = await writeClaimed(wantedEntry(inputs), (claim) =>
        write(inputs, { ...stateOf(inputs), claim }),
      );
      return { id: idOf(inputs), state };
    });
  },

  async read(state) {
    const peer = servers().get(state.peer);
    const [found, claim] = await Promise.all([
      readMember(peer, state.serverAddress),
      standingClaim({ server: peer, kind: "member", key: state.serverAddress }, state.claim),
    ]);
    if (!found) return undefined;
    const tokenRefused = state.foreignToken === true && (await isRefusedByServer(state, found));
    const live = liveState(state, found, { claim, tokenRefused });
    const { claim: _claim, ...visible } = live;
    return { state: live, inputs: visibleInputs(visible) };
  },

  async update(state, inputs) {
    await observe(inputs);
    return servers()
      .get(inputs.peer)
      .exclusively(async () => {
        const claim = await keepEntry(wantedEntry(inputs), state);
        return write(inputs, { ...stateOf(inputs), claim });
      });
  },

  async delete(state) {
    const peer = servers().get(state.peer);
    await peer.exclusively(async () => {
      const entry = { server: peer, key: state.serverAddress, claimant: claimantOf(state) };
      const release = await releaseEntry(entry, state);
      if (!release) return;
      const { found, before } = release;
      // If somebody has removed the entry meanwhile, an old one that may send zones is not brought back.
      if (found && before) await restoreMember(peer, state.serverAddress, before);
      else await removeMember(peer, state.serverAddress);
      await release.drop();
    });
  },
};

/** Lifecycle of the entry by which a server's peer recognises it: create, read, update and delete. */
export const reverseTrust = asProvider(lifecycle);

// 1 observe: both servers, and the token from the peer's side, before anything is written.
async function observe(inputs: ReverseTrustInputs): Promise<void> {
  const server = servers().get(inputs.server);
  const peer = servers().get(inputs.peer);
  const { serverAddress: address, user, token } = inputs;
  await Promise.all([server, peer].map(refuseMisdeclared));
  await probeToken({ from: peer, to: server, address, user, token });
}

/** Creates or updates a trust: writes the entry and has the peer confirm it. */
async function write(inputs: ReverseTrustInputs, state: ReverseTrustState): Promise<ReverseTrustState> {
  const peer = servers().get(inputs.peer);
  // 2 ensure, 3 sync and read back
  try {
    await writeMember(peer, inputs.serverAddress, { fields: fieldsOf(inputs), role: "standalone" });
    await confirmTrust(peer, inputs);
    return state;
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

function stateOf(inputs: ReverseTrustInputs): Omit<ReverseTrustState, "claim"> {
  const { adopt: _adopt, serverPublicAddress, foreignToken, ...state } = inputs;
  return {
    ...state,
    ...(serverPublicAddress !== undefined && { serverPublicAddress }),
    ...(foreignToken && { foreignToken }),
  };
}

function isRefusedByServer(
  { server, peer, serverAddress }: ReverseTrustState,
  found: Member,
): Promise<boolean> {
  return isRefused({ from: servers().get(peer), to: servers().get(server), address: serverAddress, found });
}

function liveState(
  state: ReverseTrustState,
  found: Member,
  { claim, tokenRefused }: { claim: string | undefined; tokenRefused: boolean },
): ReverseTrustState {
  const { role: _role, unclaimed: _unclaimed, tokenRefused: _refused, ...rest } = state;
  const role = missingEntry(found) ?? found.role;
  return {
    ...rest,
    token: found.fields.pass ?? "",
    user: found.fields.user ?? "",
    serverHostname: found.fields.host ?? "",
    ...(role !== undefined && role !== "standalone" && { role }),
    ...(tokenRefused && { tokenRefused }),
    ...claimStatus(state.claim, claim),
  };
}

function isOurs(found: Member, inputs: ReverseTrustInputs): boolean {
  const sameRole = found.roleText === undefined || found.role === "standalone";
  return sameRole && saysTheSame(found.fields, fieldsOf(inputs));
}

/** Describes the entry. Making a hand-made `sync` entry standalone would stop live DNS, so it is refused unless adopted. */
function wantedEntry(inputs: ReverseTrustInputs): WantedEntry {
  return {
    server: servers().get(inputs.peer),
    key: inputs.serverAddress,
    host: inputs.serverHostname,
    claimant: claimantOf(inputs),
    adopt: inputs.adopt,
    isOurs: (found) => isOurs(found, inputs),
    phrase: `make ${inputs.peer} trust ${inputs.server}`,
    adoption: "put a standalone entry in its place (it comes back on delete)",
  };
}

function claimantOf({ logicalName }: Pick<ReverseTrustState, "logicalName">): Claimant {
  return { type: "ReverseTrust", logicalName };
}
