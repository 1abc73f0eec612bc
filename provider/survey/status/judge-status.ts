import type { ClusterStatus } from "./cluster-status";
import type { StatusFinding } from "./finding";
import { judgeAnswers } from "./judge-answers";
import { judgeDuplicates } from "./judge-duplicates";
import { judgeMembers } from "./judge-members";
import { judgeReach } from "./judge-reach";
import { judgeServers } from "./judge-servers";
import { judgeTokens, type TokenLimits } from "./judge-tokens";
import { judgeZones } from "./judge-zones";
import { memberRows, type MemberRow } from "./members";
import { notJudged, type StatusNote } from "./not-judged";
import { tokenRows, type TokenRow } from "./tokens";
import { zoneRows, type ZoneRow } from "./zones";

/** A status with everything that was found in it. */
export interface JudgedStatus {
  readonly status: ClusterStatus;
  readonly members: readonly MemberRow[];
  readonly tokens: readonly TokenRow[];
  readonly zones: readonly ZoneRow[];
  /** Errors first. */
  readonly findings: readonly StatusFinding[];
  readonly notes: readonly StatusNote[];
  /** Servers and zone files that could not be read, and why. */
  readonly unreadable: readonly { readonly server: string; readonly message: string }[];
}

/** Judges what was read. A server that could not be read is never found to be anything. */
export function judgeStatus(status: ClusterStatus, limits: TokenLimits): JudgedStatus {
  const members = memberRows(status);
  const tokens = tokenRows(status, limits.now);
  const zones = zoneRows(status);
  const findings = [
    ...judgeMembers(members),
    ...judgeDuplicates(status),
    ...judgeReach(status),
    ...judgeServers(status),
    ...judgeTokens(tokens, limits),
    ...judgeZones(status, zones),
    ...judgeAnswers(status),
  ];
  const ofSeverity = (wanted: StatusFinding["severity"]): StatusFinding[] =>
    findings.filter(({ severity }) => severity === wanted);
  return {
    status,
    members,
    tokens,
    zones,
    findings: [...ofSeverity("error"), ...ofSeverity("warning")],
    notes: notJudged(status, members),
    unreadable: unreadable(status),
  };
}

function unreadable({ servers, unreadable }: ClusterStatus): JudgedStatus["unreadable"] {
  const copies = [...servers.values()].flatMap((server) => [...server.copies.values()]);
  const errors = [...unreadable.values(), ...copies.flatMap((copy) => ("error" in copy ? copy.error : []))];
  return errors.map(({ server, message }) => ({ server, message }));
}
