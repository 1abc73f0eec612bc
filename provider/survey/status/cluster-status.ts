import type { ServerError, SoaAnswer, ZoneCopy } from "../../servers";
import type { TriedWay } from "../reach/way";
import type { ServerSurvey, TokenUse } from "../server-survey";

/** What tells of a server's health, beside its survey. */
export interface ServerHealth {
  /** Number of requests to members that failed and wait to be sent again. */
  readonly queue: number;
  /** Names of the zones that it holds, sorted. */
  readonly zones: readonly string[];
  /** Copies of the chosen zones, by name. Zones that it does not hold are missing. */
  readonly copies: ReadonlyMap<string, ZoneCopy>;
}

/** A server as `status` sees it. Contains secrets: those of its members. */
export interface StatusServer extends ServerSurvey, ServerHealth {
  /** Whether it hosts no accounts: it runs DNSOnly, or the connections say so. */
  readonly isNameserver: boolean;
  /** What it answers over DNS about the chosen zones that it holds, by name; empty unless it is a nameserver. */
  readonly answers: ReadonlyMap<string, SoaAnswer>;
}

/** Health of a cluster, as read in one look. */
export interface ClusterStatus {
  /** Servers that could be read, by name. */
  readonly servers: ReadonlyMap<string, StatusServer>;
  /** Why the others could not be read. Nothing is known of them. */
  readonly unreadable: ReadonlyMap<string, ServerError>;
  /** Tokens that the servers read hold for each other. */
  readonly uses: readonly TokenUse[];
  /** Names of the zones whose serials were read. */
  readonly chosenZones: readonly string[];
  /** Returns the name of the server with an address; undefined if the connections know none. */
  readonly nameAt: (address: string) => string | undefined;
  /** Ways between the servers, and what became of a call on each. @default not tried */
  readonly reach?: readonly TriedWay[] | undefined;
}
