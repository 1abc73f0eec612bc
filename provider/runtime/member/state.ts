import type { DnsClusterMemberInputs, DnsClusterMemberState } from "../../schema/dns-cluster-member";
import type { Member } from "../../servers";
import { claimStatus } from "../claims/claims";

export function idOf(inputs: DnsClusterMemberInputs): string {
  return `${inputs.server}/${inputs.peerAddress}`;
}

/** The state that follows from inputs; what only says how to write is not kept. */
export function stateOf(inputs: DnsClusterMemberInputs): Omit<DnsClusterMemberState, "claim"> {
  const { adopt: _adopt, enableClustering: _enable, foreignToken, ...rest } = inputs;
  const { mayCycle: _mayCycle, mayAddIntermediary: _mayAdd, ...state } = rest;
  return { ...state, ...(foreignToken && { foreignToken }) };
}

/** What a refresh looks at beside the entry itself. */
interface Seen {
  disabled: string | undefined;
  clusteringOff: boolean;
  claim: string | undefined;
  tokenRefused: boolean;
}

/** The state as the server has it. */
export function liveState(before: DnsClusterMemberState, found: Member, seen: Seen): DnsClusterMemberState {
  const { disabled: _disabled, clusteringOff: _off, ...others } = before;
  const { unclaimed: _unclaimed, tokenRefused: _refused, ...state } = others;
  const { disabled, clusteringOff, claim, tokenRefused } = seen;
  return {
    ...state,
    role: missingRole(found) ?? found.role ?? "missing",
    token: found.fields.pass ?? "",
    user: found.fields.user ?? "",
    peerHostname: found.fields.host ?? "",
    ...(disabled !== undefined && { disabled }),
    ...(clusteringOff && { clusteringOff }),
    ...(tokenRefused && { tokenRefused }),
    ...claimStatus(state.claim, claim),
  };
}

/** What a refresh may find although no input has changed: only with it said does the engine call for an update. */
export function isOutOfUse(state: DnsClusterMemberState): boolean {
  return (
    state.disabled !== undefined ||
    state.clusteringOff === true ||
    state.unclaimed === true ||
    state.tokenRefused === true ||
    isMissing(state.role)
  );
}

const longestQuote = 40;

/** Why WHM does not see an entry, as a refresh shows it in place of its role; undefined for one that it sees. */
export function missingRole({ text, roleText, role }: Member): string | undefined {
  if (text === undefined) return "missing: there is no member file";
  if (role !== undefined) return undefined;
  if (roleText === undefined) return "missing: there is no role file";
  const quote = roleText.length > longestQuote ? `${roleText.slice(0, longestQuote)}…` : roleText;
  return `missing: the role file holds ${JSON.stringify(quote)}`;
}

/** Whether a role is one of these. */
export function isMissing(role: string | undefined): boolean {
  return role !== undefined && role.startsWith("missing");
}
