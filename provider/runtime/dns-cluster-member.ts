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
      ["server", "peer", "role", "token", "peerAddress", "peerHostname", "user"],
      state,
      inputs,
    );
    return {
      changed: differ.filter((key) => !isKey(key)),
      replaces: differ.filter(isKey),
      hidden: isOutOfUse(state),
    };
  },

  async create(inputs) {
    const server = servers().get(inputs.server);
    refuseOwnAddress(server, inputs.peerAddress);
    await observe(inputs);
    return server.exclusively(async () => {
      refuseTakingOver(await readMember(server, inputs.peerAddress), inputs);
      await write(inputs);
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
    return { state: live, inputs: visibleInputs(live) };
  },

  async update(state, inputs) {
    if (!isBrake(state, inputs)) await observe(inputs);
    await servers()
      .get(inputs.server)
      .exclusively(() => write(inputs));
    return stateOf(inputs);
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

// 1 observe: both servers and the token, before anything is written. Links of one server may do this at the same time.
async function observe(inputs: DnsClusterMemberInputs): Promise<void> {
  const server = servers().get(inputs.server);
  const peer = servers().get(inputs.peer);
  const { peerAddress: address, user, token } = inputs;
  await Promise.all([server, peer].map(refuseMisdeclared));
  if (inputs.role !== "standalone") await refuseFeedingBack(server, peer, inputs.mayCycle);
  await probeToken({ from: server, to: peer, address, user, token });
}

/** One flow for create and update: turn clustering on, write both files, read them back. */
async function write(inputs: DnsClusterMemberInputs): Promise<void> {
  const server = servers().get(inputs.server);
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

/** Stopping a link has to work just when the peer is down or has been taken over. */
function isBrake(state: DnsClusterMemberState, inputs: DnsClusterMemberInputs): boolean {
  return inputs.role === "standalone" && inputs.token === state.token;
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
  const { adopt: _adopt, enableClustering: _enable, mayCycle: _mayCycle, foreignToken, ...state } = inputs;
  return { ...state, ...(foreignToken && { foreignToken }) };
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
