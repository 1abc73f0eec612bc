import type { DnsClusterMemberInputs, DnsClusterMemberState } from "../../schema/dns-cluster-member";
import { missingEntry, type Member } from "../../servers";
import { claimStatus } from "../claims/claims";

export function idOf(inputs: DnsClusterMemberInputs): string {
  return `${inputs.server}/${inputs.peerAddress}`;
}

/** Returns the state for inputs, without inputs that only say how to write. */
export function stateOf(inputs: DnsClusterMemberInputs): Omit<DnsClusterMemberState, "claim"> {
  const { adopt: _adopt, enableClustering: _enable, foreignToken, ...rest } = inputs;
  const { mayCycle: _mayCycle, mayAddIntermediary: _mayAdd, ...state } = rest;
  return { ...state, ...(foreignToken && { foreignToken }) };
}

/** What a refresh finds besides the entry itself. */
interface Seen {
  disabled: string | undefined;
  clusteringOff: boolean;
  claim: string | undefined;
  tokenRefused: boolean;
}

/** Returns the state as found on the server. */
export function liveState(before: DnsClusterMemberState, found: Member, seen: Seen): DnsClusterMemberState {
  const { disabled: _disabled, clusteringOff: _off, ...others } = before;
  const { unclaimed: _unclaimed, tokenRefused: _refused, ...state } = others;
  const { disabled, clusteringOff, claim, tokenRefused } = seen;
  return {
    ...state,
    role: missingEntry(found) ?? found.role ?? "missing",
    token: found.fields.pass ?? "",
    user: found.fields.user ?? "",
    peerHostname: found.fields.host ?? "",
    ...(disabled !== undefined && { disabled }),
    ...(clusteringOff && { clusteringOff }),
    ...(tokenRefused && { tokenRefused }),
    ...claimStatus(state.claim, claim),
  };
}

/**
 * Whether a refresh found a reason to update although no input has changed. The engine must be told, or it doesn't update.
 */
export function isOutOfUse(state: DnsClusterMemberState): boolean {
  return (
    state.disabled !== undefined ||
    state.clusteringOff === true ||
    state.unclaimed === true ||
    state.tokenRefused === true ||
    isMissing(state.role)
  );
}

/** Whether a role is one of these texts. */
export function isMissing(role: string | undefined): boolean {
  return role !== undefined && role.startsWith("missing");
}
