import type { Server as ServerSettings } from "../schema/server";
import type {
  ApiTokenDetails,
  Claim,
  FoundMember,
  Machine,
  NameserverSoftware,
  ServerError,
  StoredToken,
} from "../servers";

/** What stands on one server. Contains secrets: those that the server stores in its members. */
export interface ServerSurvey {
  /** Name of the server, as the connections give it. */
  readonly name: string;
  readonly settings: ServerSettings;
  readonly product: "cpanel" | "dnsonly";
  /** Installed version of cPanel & WHM, such as 11.136.0.5. */
  readonly version: string;
  /** Nameserver software that WHM is set to. */
  readonly nameserver: NameserverSoftware;
  readonly machine: Machine;
  /** Address under which servers outside its network see it, as cPanel knows it; undefined without NAT. */
  readonly publicAddress?: string | undefined;
  /** Mark by which a state recognises the server. */
  readonly hostMark: string | undefined;
  /** Whether clustering is on. Without it WHM sends nothing to any member. */
  readonly isClusteringOn: boolean;
  /** Entries of root's cluster, by address. */
  readonly members: readonly FoundMember[];
  /** Entries in the clusters of resellers. */
  readonly resellers: readonly StoredToken[];
  /** Text of the list of trusted addresses; undefined if there is no such file. */
  readonly trustedAddresses: string | undefined;
  /** API tokens of the user that the connection uses, normally root. */
  readonly tokens: readonly ApiTokenDetails[];
  /** Claims in the register. */
  readonly claims: readonly Claim[];
}

/** A token that one server stores, to present it to another. */
export interface TokenUse {
  /** Name of the server that stores it. */
  readonly holder: string;
  /** Name of the server that it opens. */
  readonly peer: string;
  /** Address of the entry that holds it. */
  readonly key: string;
  readonly secret: string;
  /** What the peer knows of it; undefined if it knows no such token. */
  readonly token: ApiTokenDetails | undefined;
}

/** What came of looking at several servers. */
export interface Survey {
  readonly servers: ReadonlyMap<string, ServerSurvey>;
  /** Why the others could not be read. */
  readonly unreadable: ReadonlyMap<string, ServerError>;
  /** Tokens that entries of the servers read hold for each other. */
  readonly uses: readonly TokenUse[];
  /** Names of the tokens with which the connections themselves log in, by server. @default not asked for */
  readonly loginTokens?: ReadonlyMap<string, string>;
}
