/** All kinds of what `status` finds, each with its severity. */
export const statusKinds = {
  "member-disabled": "error",
  "member-incomplete": "error",
  "member-unseen": "warning",
  "member-failing": "warning",
  "member-duplicated": "warning",
  "clustering-off": "error",
  "peer-unreachable": "error",
  "peer-refuses": "error",
  "peer-unproven": "warning",
  "way-closed": "warning",
  "queued-requests": "warning",
  "version-skew": "warning",
  "nameserver-disabled": "error",
  "nameserver-skew": "warning",
  "token-expired": "error",
  "token-expiring": "warning",
  "token-unknown": "error",
  "zones-missing": "error",
  "zones-duplicated": "warning",
  "zones-orphaned": "warning",
  "zone-missing": "error",
  "zone-without-soa": "error",
  "serial-behind": "error",
  "serial-ahead": "error",
  "answers-older": "error",
  "answers-not": "error",
} as const;

export type StatusKind = keyof typeof statusKinds;

/** Something on a server that is not as it should be. */
export interface StatusFinding {
  /** Server that it was found on. */
  readonly server: string;
  /** Other server concerned, or the address of a member that the connections don't know. */
  readonly peer?: string | undefined;
  readonly kind: StatusKind;
  /** `error` breaks the cluster now, `warning` may do so later. */
  readonly severity: "error" | "warning";
  /** What was found, to follow the name of the server. */
  readonly message: string;
  /** How to correct it, in whole sentences. */
  readonly fix: string;
}

/** Makes a finding with the severity of its kind. */
export function finding(details: Omit<StatusFinding, "severity">): StatusFinding {
  return { ...details, severity: statusKinds[details.kind] };
}

/** Names that a line shows of a long list. */
const shownNames = 10;

/** Formats the first names of a list, and how many there are beyond. */
export function firstNames(names: readonly string[]): string {
  const more = names.length - shownNames;
  return `${names.slice(0, shownNames).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
