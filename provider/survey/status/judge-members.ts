import { finding, type StatusFinding } from "./finding";
import type { MemberRow } from "./members";

/** Fewer failures than this happen in every network. */
const fewestFailures = 3;

/** Finds members that WHM has disabled, does not list, or can't reach reliably. */
export function judgeMembers(rows: readonly MemberRow[]): StatusFinding[] {
  return rows.flatMap((row) => {
    const found = judgeMember(row, row.peer ?? row.address);
    return found === undefined
      ? []
      : [finding({ server: row.server, peer: row.peer ?? row.address, ...found })];
  });
}

type Words = Pick<StatusFinding, "kind" | "message" | "fix">;

function judgeMember(
  { server, address, state, calls, failed = 0 }: MemberRow,
  peer: string,
): Words | undefined {
  if (state === "unseen") {
    return {
      kind: "member-unseen",
      message: `holds an entry for ${peer} that WHM does not list, because ${address}-dnsrole is missing or not exactly one of WHM's words: nothing is sent there.`,
      fix: `Set the role on WHM's DNS Cluster page of ${server}, or remove the entry.`,
    };
  }
  if (state === "incomplete") {
    return {
      kind: "member-incomplete",
      message: `holds a role for ${peer} and no member file: WHM can't call it, and its DNS Cluster page fails.`,
      fix: `Add ${peer} again on ${server}, or remove ${address}-dnsrole there.`,
    };
  }
  if (state === "disabled") {
    return {
      kind: "member-disabled",
      message: `has disabled its member ${peer} after too many failures (${countText(calls, failed)}): no zone is sent there.`,
      fix: `Find out why ${peer} does not answer ${server}, re-enable it on WHM's DNS Cluster page, then synchronise: /usr/local/cpanel/scripts/dnscluster syncall.`,
    };
  }
  if (failed < fewestFailures) return undefined;
  return {
    kind: "member-failing",
    message: `failed to call its member ${peer}: ${countText(calls, failed)}. WHM disables it after too many.`,
    fix: `Check that ${peer} runs, that ${server} reaches its port 2087, and that its token is valid.`,
  };
}

function countText(calls: number | undefined, failed: number): string {
  return calls === undefined ? "no count of failures" : `${failed} of ${calls} calls failed`;
}
