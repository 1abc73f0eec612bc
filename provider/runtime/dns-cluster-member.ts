import {
  dnsClusterMember as schema,
  type DnsClusterMemberInputs,
  type DnsClusterMemberState,
} from "../schema/dns-cluster-member";
import {
  ServerError,
  clearDisabled,
  enableClustering,
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
import { probeToken, refuseFeedingBack, refuseOwnAddress } from "./link-checks";
import { servers } from "./session";
import { visibleInputs } from "./visible-inputs";
import { warn } from "./warn";

const lifecycle: Lifecycle<typeof schema, DnsClusterMemberState> = {
  title: "The cluster member",
  schema,
  host: (state) => state.server,

  compare(state, inputs) {
    const differ = differing(["server", "peer", "role", "peerAddress", "peerHostname", "user"], state, inputs);
    return {
      changed: differ.filter((key) => !isKey(key)),
      replaces: differ.filter(isKey),
      hidden: state.token !== inputs.token || state.disabled === true,
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
    const live = liveState(state, found, await isDisabled(server, state.peerAddress));
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
  if (inputs.role !== "standalone") await refuseFeedingBack(server, peer);
  await probeToken({ from: server, to: peer, address: inputs.peerAddress, user: inputs.user, token: inputs.token });
  // 2 ensure
  await enableClustering(server, inputs.enableClustering);
  // 3 sync and read back
  try {
    await writeMember(server, inputs.peerAddress, { fields: fieldsOf(inputs), role: inputs.role });
    await clearDisabled(server, inputs.peerAddress);
  } catch (error) {
    throw new PartialFailure(idOf(inputs), { ...stateOf(inputs), role: "missing" }, error);
  }
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
  const { adopt: _adopt, enableClustering: _enable, ...state } = inputs;
  return state;
}

function liveState(
  { disabled: _before, ...state }: DnsClusterMemberState,
  found: Member,
  disabled: boolean,
): DnsClusterMemberState {
  return {
    ...state,
    role: found.role ?? "missing",
    token: found.fields.pass ?? "",
    user: found.fields.user ?? "",
    peerHostname: found.fields.host ?? "",
    ...(disabled && { disabled }),
  };
}

/** An entry that already says what is wanted is what an interrupted run of ours has left. */
function refuseTakingOver(found: Member | undefined, inputs: DnsClusterMemberInputs): void {
  if (!found || inputs.adopt) return;
  const sameFields = found.text === undefined || saysTheSame(found.fields, fieldsOf(inputs));
  const sameRole = found.roleText === undefined || found.role === inputs.role;
  if (sameFields && sameRole && found.text !== undefined) return;
  throw new ServerError({
    code: "exists-already",
    server: inputs.server,
    phrase: `add ${inputs.peer} to the cluster`,
    said: `there is an entry for ${inputs.peerAddress} already, with role ${found.role ?? "unreadable"}, and it differs`,
    wayOut: "Set adopt: true to take it over, or remove it in WHM first.",
  });
}

function stillHeld(state: DnsClusterMemberState, resellers: string[]): string {
  return (
    `${state.peer} (${state.peerAddress}) leaves root's cluster on ${state.server}, ` +
    `but the clusters of these resellers still hold it: ${resellers.join(", ")}.`
  );
}
