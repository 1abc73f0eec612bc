import { countText, listText } from "../../topology";
import { finding, type StatusFinding } from "./finding";
import type { TokenRow } from "./tokens";

const day = 86_400;

export interface TokenLimits {
  /** Seconds since 1970. */
  readonly now: number;
  /** A token that expires within this number of days is a warning. */
  readonly expiresWithin: number;
}

/** Finds tokens that open nothing any more, or soon won't. */
export function judgeTokens(rows: readonly TokenRow[], limits: TokenLimits): StatusFinding[] {
  return rows.flatMap((row) => (row.name === undefined ? unknown(row) : expiry(row, row.name, limits)));
}

function unknown({ server, usedBy }: TokenRow): StatusFinding[] {
  return usedBy.map((holder) =>
    finding({
      server: holder,
      peer: server,
      kind: "token-unknown",
      message: `stores a token for ${server} that ${server} does not know: it refuses every call.`,
      fix: `Create a token on ${server} and store it in the member on ${holder}; with Pulumi, run pulumi up --refresh.`,
    }),
  );
}

function expiry(
  { server, expiresAt, daysLeft = 0, usedBy }: TokenRow,
  name: string,
  { now, expiresWithin }: TokenLimits,
): StatusFinding[] {
  if (expiresAt === undefined || expiresAt - now > expiresWithin * day) return [];
  const isExpired = expiresAt <= now;
  const date = new Date(expiresAt * 1000).toISOString().slice(0, 10);
  const users =
    usedBy.length === 0
      ? "no server read stores it"
      : `${listText(usedBy)} ${usedBy.length > 1 ? "use" : "uses"} it`;
  const when = isExpired ? `expired on ${date}` : `expires in ${countText(daysLeft, "day")}, on ${date}`;
  return [
    finding({
      server,
      peer: usedBy.length === 1 ? usedBy[0] : undefined,
      kind: isExpired ? "token-expired" : "token-expiring",
      message: `has the API token ${name}, which ${when}; ${users}.`,
      fix:
        usedBy.length === 0
          ? `Revoke it on ${server} if nothing else needs it, or replace it.`
          : `Replace it on ${server} and in the members that store it; with Pulumi, give its ApiToken a later expiresAt and run pulumi up.`,
    }),
  ];
}
