import {
  dnsClusterMember as schema,
  type DnsClusterMemberInputs,
  type DnsClusterMemberState,
} from "../schema/dns-cluster-member";
import {
  clearDisabled,
  enableClustering,
  isClusteringOn,
  isDisabled,
  readMember,
  removeMember,
  resellersWithMember,
  saysTheSame,
  writeMember,
  type Member,
  type MemberFields,
} from "../servers";
import { differing } from "./difference";
import { PartialFailure } from "./failures";
import { asProvider, type Lifecycle } from "./lifecycle";
import { refuseFeedingBack, refuseOwnAddress } from "./link-checks";
import { refuseMisdeclared } from "./live-server";
import { servers } from "./session";
import { takingOver } from "./taking-over";
import { probeToken } from "./token-probe";
import { visibleInputs } from "./visible-inputs";
import { warn } from "./warn";

const lifecycle: Lifecycle<typeof schema, DnsClusterMemberState> = {
  title: "The cluster member",
  entry: "member",
  schema,
  host: (state) => state.server,

  compare(state, inputs) {
    const differ = differing(
      ["server", "peer", "role", "peerAddress", "peerHostname", "user"],
      state,
      inputs,
    );
    return {
      changed: differ.filter((key) => !isKey(key)),
      replaces: differ.filter(isKey),
      hidden: state.token !== inputs.token || isOutOfUse(state),
    };
  },

  async create(inputs) {
    const server = servers().get(inputs.server);
    return server.exclusively(async () => {
      refuseOwnAddress(server, inputs.peerAddress);
      refuseTakingOver(await readMember(server, inputs.peerAddress), inputs);
      await ensure(inputs);
      return { id: idOf(inputs), state: stateOf(inputs) };
    });
  },

  async read(state) {
    const server = servers().get(state.server);
    const found = await readMember(server, state.peerAddress);
    if (!found) return undefined;
    const [disabled, clusteringOn] = await Promise.all([
      isDisabled(server, state.peerAddress),
      isClusteringOn(server),
    ]);
    const live = liveState(state, found, { disabled, clusteringOff: !clusteringOn });
    return { state: live, inputs: visibleInputs(live, state) };
  },

  async update(_state, inputs) {
    const server = servers().get(inputs.server);
    return server.exclusively(async () => {
      await ensure(inputs);
      return stateOf(inputs);
    });
  },

  async delete(state) {
    const server = servers().get(state.server);
    await server.exclusively(async () => {
      const resellers = await resellersWithMember(server, state.peerAddress);
      if (resellers.length > 0) warn(stillHeld(state, resellers));
      await removeMember(server, state.peerAddress);
    });
  },
};

/** Root's link from one server to another: create, read, update and delete. */
export const dnsClusterMember = asProvider(lifecycle);

/** One flow for create and update: look at the peer, turn clustering on, write both files and read them back. */
async function ensure(inputs: DnsClusterMemberInputs): Promise<void> {
  const server = servers().get(inputs.server);
  const peer = servers().get(inputs.peer);
  // 1 observe
  await Promise.all([server, peer].map(refuseMisdeclared));
  if (inputs.role !== "standalone") await refuseFeedingBack(server, peer, inputs.mayCycle);
  await probeToken({
    from: server,
    to: peer,
    address: inputs.peerAddress,
    user: inputs.user,
    token: inputs.token,
  });
  // 2 ensure
  await enableClustering(server, inputs.peerAddress, inputs.enableClustering);
  // 3 sync and read back
  try {
    await writeMember(server, inputs.peerAddress, { fields: fieldsOf(inputs), role: inputs.role });
    await clearDisabled(server, inputs.peerAddress);
  } catch (error) {
    throw new PartialFailure(idOf(inputs), { ...stateOf(inputs), role: "missing" }, error);
  }
}

/** What a refresh may find although no input has changed: only with it said does the engine call for an update. */
function isOutOfUse(state: DnsClusterMemberState): boolean {
  return state.disabled === true || state.clusteringOff === true || state.role === "missing";
}

function isKey(name: string): boolean {
  return name === "server" || name === "peerAddress";
}

function idOf(inputs: DnsClusterMemberInputs): string {
  return `${inputs.server}/${inputs.peerAddress}`;
}

function fieldsOf(inputs: DnsClusterMemberInputs): MemberFields {
  return { user: inputs.user, host: inputs.peerHostname, pass: inputs.token };
}

// 4 return
function stateOf(inputs: DnsClusterMemberInputs): DnsClusterMemberState {
  const { adopt: _adopt, enableClustering: _enable, mayCycle: _mayCycle, ...state } = inputs;
  return state;
}

function liveState(
  { disabled: _disabled, clusteringOff: _off, ...state }: DnsClusterMemberState,
  found: Member,
  { disabled, clusteringOff }: { disabled: boolean; clusteringOff: boolean },
): DnsClusterMemberState {
  return {
    ...state,
    role: found.role ?? "missing",
    token: found.fields.pass ?? "",
    user: found.fields.user ?? "",
    peerHostname: found.fields.host ?? "",
    ...(disabled && { disabled }),
    ...(clusteringOff && { clusteringOff }),
  };
}

/** An entry that already says what is wanted is what an interrupted run of ours has left. */
function refuseTakingOver(found: Member | undefined, inputs: DnsClusterMemberInputs): void {
  if (!found || inputs.adopt) return;
  const sameRole = found.roleText === undefined || found.role === inputs.role;
  if (sameRole && saysTheSame(found.fields, fieldsOf(inputs))) return;
  throw takingOver({
    found,
    server: inputs.server,
    address: inputs.peerAddress,
    phrase: `add ${inputs.peer} to the cluster`,
    adoption: "take it over",
  });
}

function stillHeld(state: DnsClusterMemberState, resellers: string[]): string {
  return (
    `${state.peer} (${state.peerAddress}) leaves root's cluster on ${state.server}, ` +
    `but the clusters of these resellers still hold it: ${resellers.join(", ")}.`
  );
}
