/** All ways in which servers differ from what is declared. `docs/audit.md` explains each. */
export const differenceKinds = [
  "product",
  "version",
  "nameserver",
  "clustering-off",
  "missing-link",
  "role",
  "disabled-member",
  "undeclared-link",
  "duplicate-entry",
  "odd-file",
  "missing-trust",
  "trust-role",
  "module",
  "address",
  "host-name",
  "missing-trusted-address",
  "missing-token",
  "unknown-token",
  "other-token",
  "expired-token",
  "token-without-clustering",
  "token-refused",
  "token-acls",
  "token-addresses",
  "token-expiry",
] as const;

export type DifferenceKind = (typeof differenceKinds)[number];

/** One thing on one server that is not as declared. Contains no secret. */
export interface Difference {
  /** Server on which it stands, or doesn't. */
  readonly server: string;
  /** The other server concerned: its name, or the address of one that nobody knows. */
  readonly peer?: string;
  readonly kind: DifferenceKind;
  /** Short text; null if nothing is declared. */
  readonly declared: string | null;
  /** Short text; null if nothing is there. */
  readonly actual: string | null;
  /** What differs, in whole sentences. */
  readonly message: string;
  /** The way out, in whole sentences. */
  readonly fix: string;
}

/** Returns a way out that leads through the program or, for a cluster made by hand, through WHM. */
export function putRight(byHand: string): string {
  return `Run \`pulumi up --refresh\`, or ${byHand}.`;
}
