import {
  dnsClusterMember as schema,
  type DnsClusterMemberInputs,
  type DnsClusterMemberState,
} from "../schema/dns-cluster-member";
import {
  disabledStatus,
  enableClustering,
  isClusteringOn,
  readMember,
  refuseToRevive,
  removeMember,
  resellersWithMember,
  saysTheSame,
  writeMember,
  type Claimant,
  type Member,
  type MemberFields,
} from "../servers";
import { keepEntry, releaseEntry, writeClaimed, type WantedEntry } from "./claims/claimed-entry";
import { standingClaim } from "./claims/claims";
import { refuseUnpassed } from "./live-links/lone-link";
import { isRefused } from "./token/alive";
import { differing } from "./difference";
import { PartialFailure } from "./engine/failures";
import { asProvider, type Lifecycle } from "./lifecycle";
import { refuseFeedingBack, refuseOwnAddress } from "./live-links/link-checks";
import { refuseMisdeclared } from "./recognising/live-server";
import { idOf, isOutOfUse, liveState, stateOf } from "./member/state";
import { servers } from "./engine/session";
import { useAgain } from "./member/switched-off";
import { probeToken } from "./token/probe";
import { visibleInputs } from "./engine/visible-inputs";
import { warn } from "./engine/warn";

const lifecycle: Lifecycle<typeof schema, DnsClusterMemberState> = {
  title: "The cluster member",
  judged: "link",
  schema,
  host: (state) => state.server,

  compare(state, inputs) {
    const differ = differing(
      ["server", "peer", "role", "token", "peerAddress", "peerHostname", "user"],
      state,
      inputs,
    );
    return {
      changed: differ.filter((key) => !isKey(key)),
      replaces: differ.filter(isKey),
      hidden: isOutOfUse(state),
      // WHM wants one member per host name, so when a server has moved, the old member goes first.
      deletesFirst: state.server === inputs.server && state.peerHostname === inputs.peerHostname,
    };
  },

  async create(inputs) {
    const server = servers().get(inputs.server);
    refuseOwnAddress(server, inputs.peerAddress);
    const hasAnswered = await observe(inputs);
    return server.exclusively(async () => {
      await refuseRevival(inputs);
      const state = await writeClaimed(wantedEntry(inputs), (claim) =>
        write(inputs, { ...stateOf(inputs), claim }, hasAnswered),
      );
      return { id: idOf(inputs), state };
    });
  },

  async read(state) {
    const server = servers().get(state.server);
    const found = await readMember(server, state.peerAddress);
    if (!found) return undefined;
    const [disabled, clusteringOn, claim, tokenRefused] = await Promise.all([
      disabledStatus(server, state.peerAddress),
      isClusteringOn(server),
      standingClaim({ server, kind: "member", key: state.peerAddress }, state.claim),
      state.foreignToken === true && isRefusedByPeer(state, found),
    ]);
    const live = liveState(state, found, { disabled, clusteringOff: !clusteringOn, claim, tokenRefused });
    const { claim: _claim, ...visible } = live;
    return { state: live, inputs: visibleInputs(visible) };
  },

  async update(state, inputs) {
    const server = servers().get(inputs.server);
    const hasAnswered = stopsOnly(state, inputs) ? undefined : await observe(inputs);
    const change = async (): Promise<DnsClusterMemberState> => {
      await refuseRevival(inputs);
      const claim = await keepEntry(wantedEntry(inputs), state);
      return write(inputs, { ...stateOf(inputs), claim }, hasAnswered);
    };
    if (state.role === inputs.role) return server.exclusively(change);
    return servers()
      .get(inputs.peer)
      .changingFeed(() => server.exclusively(change));
  },

  async delete(state) {
    const server = servers().get(state.server);
    await server.exclusively(async () => {
      const release = await releaseEntry(
        { server, key: state.peerAddress, claimant: claimantOf(state) },
        state,
      );
      if (!release) return;
      const resellers = await resellersWithMember(server, state.peerAddress);
      if (resellers.length > 0) warn(stillHeld(state, resellers));
      await removeMember(server, state.peerAddress);
      await release.drop();
    });
  },
};

/** Lifecycle of root's link from one server to another: create, read, update and delete. */
export const dnsClusterMember = asProvider(lifecycle);

/**
 * 1 observe: checks both servers and the token before anything is written. Links of one server may do this at the same
 * time.
 *
 * @returns whether the peer has accepted the token; false if it could not be tried
 */
async function observe(inputs: DnsClusterMemberInputs): Promise<boolean> {
  const server = servers().get(inputs.server);
  const peer = servers().get(inputs.peer);
  const { peerAddress: address, user, token } = inputs;
  await Promise.all([server, peer].map(refuseMisdeclared));
  if (inputs.role !== "standalone") {
    await refuseFeedingBack(server, peer, inputs.mayCycle);
    await refuseUnpassed(inputs);
  }
  return probeToken({ from: server, to: peer, address, user, token });
}

async function refuseRevival({
  server,
  peerAddress,
  enableClustering: isWanted,
}: DnsClusterMemberInputs): Promise<void> {
  if (!isWanted) await refuseToRevive(servers().get(server), peerAddress);
}

/**
 * Creates or updates a member: turns clustering on, writes both files, reads them back.
 *
 * @param hasAnswered undefined if the peer was not asked; a member that WHM has disabled then stays disabled
 */
async function write(
  inputs: DnsClusterMemberInputs,
  state: DnsClusterMemberState,
  hasAnswered: boolean | undefined,
): Promise<DnsClusterMemberState> {
  const server = servers().get(inputs.server);
  // 2 ensure
  await enableClustering(server);
  // 3 sync and read back
  try {
    await writeMember(server, inputs.peerAddress, { fields: fieldsOf(inputs), role: inputs.role });
    if (hasAnswered !== undefined) await useAgain(inputs, hasAnswered);
    return state;
  } catch (error) {
    throw new PartialFailure(idOf(inputs), { ...state, role: "missing" }, error);
  }
}

function isRefusedByPeer(
  { server, peer, peerAddress }: DnsClusterMemberState,
  found: Member,
): Promise<boolean> {
  return isRefused({ from: servers().get(server), to: servers().get(peer), address: peerAddress, found });
}

function wantedEntry(inputs: DnsClusterMemberInputs): WantedEntry {
  return {
    server: servers().get(inputs.server),
    key: inputs.peerAddress,
    host: inputs.peerHostname,
    claimant: claimantOf(inputs),
    adopt: inputs.adopt,
    isOurs: (found) =>
      (found.roleText === undefined || found.role === inputs.role) &&
      saysTheSame(found.fields, fieldsOf(inputs)),
    phrase: `add ${inputs.peer} to the cluster`,
    adoption: "take it over",
  };
}

function claimantOf({ logicalName }: Pick<DnsClusterMemberState, "logicalName">): Claimant {
  return { type: "DnsClusterMember", logicalName };
}

/** Whether the update only stops the link. That must work even when the peer is down or has been taken over. */
function stopsOnly(state: DnsClusterMemberState, inputs: DnsClusterMemberInputs): boolean {
  return inputs.role === "standalone" && inputs.token === state.token;
}

function isKey(name: string): boolean {
  return name === "server" || name === "peerAddress";
}

function fieldsOf(inputs: DnsClusterMemberInputs): MemberFields {
  return { user: inputs.user, host: inputs.peerHostname, pass: inputs.token };
}

function stillHeld(state: DnsClusterMemberState, resellers: string[]): string {
  return (
    `${state.peer} (${state.peerAddress}) leaves root's cluster on ${state.server}, ` +
    `but the clusters of these resellers still hold it: ${resellers.join(", ")}.`
  );
}
