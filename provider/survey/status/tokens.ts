import type { TokenUse } from "../server-survey";
import type { ClusterStatus } from "./cluster-status";

/** A token that a server lists, or that another one stores for it and it does not know. */
export interface TokenRow {
  /** Server that the token opens. */
  readonly server: string;
  /** Name of the token; undefined if the server doesn't know it. */
  readonly name: string | undefined;
  /** Seconds since 1970; undefined for a token that does not expire, or is not known. */
  readonly expiresAt: number | undefined;
  /** Whole days that are left, negative once it has expired; undefined if it does not expire. */
  readonly daysLeft: number | undefined;
  /** Names of the servers read that store it. */
  readonly usedBy: readonly string[];
}

const day = 86_400;

/**
 * Lists the tokens of all servers, and those that servers store in vain.
 *
 * @param now seconds since 1970
 */
export function tokenRows(status: ClusterStatus, now: number): TokenRow[] {
  const uses = status.uses.filter((use) => isUsed(status, use));
  return [...status.servers.values()].flatMap(({ name: server, tokens }) => {
    const ofServer = uses.filter(({ peer }) => peer === server);
    const known = tokens.map(({ name, expiresAt }) => ({
      server,
      name,
      expiresAt,
      daysLeft: expiresAt === undefined ? undefined : Math.floor((expiresAt - now) / day),
      usedBy: holdersOf(ofServer.filter(({ token }) => token?.name === name)),
    }));
    const unknown = ofServer
      .filter(({ token }) => token === undefined)
      .map(({ holder }) => ({
        server,
        name: undefined,
        expiresAt: undefined,
        daysLeft: undefined,
        usedBy: [holder],
      }));
    return [...known, ...unknown];
  });
}

/** Whether WHM uses a stored token, and the peer's list is the one to look it up in: tokens belong to a user. */
function isUsed({ servers }: ClusterStatus, { holder, key }: TokenUse): boolean {
  const member = servers.get(holder)?.members.find((each) => each.key === key);
  return member?.role !== undefined && (member.fields.user ?? "root") === "root";
}

function holdersOf(uses: readonly TokenUse[]): string[] {
  return [...new Set(uses.map(({ holder }) => holder))];
}
