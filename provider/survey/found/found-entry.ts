import type { Role } from "../../schema/role";
import type { ApiTokenDetails } from "../../servers";
import type { Survey } from "../server-survey";

/** An entry that can be brought into a stack. */
export interface FoundEntry {
  /** Name of the server that stores it. */
  readonly holder: string;
  /** Name of the server that it is about. */
  readonly about: string;
  /** Address under which it is stored. */
  readonly key: string;
  readonly role: Role;
  /** Host name in it. */
  readonly host: string;
  readonly secret: string;
  /** What the other server knows of the token. */
  readonly token: ApiTokenDetails;
}

/** Something on a server that stays as it is, and why. */
export interface LeftAlone {
  readonly server: string;
  /** What it is, to begin a line. */
  readonly what: string;
  /** Address under which it is stored, if it is an entry. */
  readonly key?: string;
  /** Why it is left alone. */
  readonly why: string;
  /** What can be done about it. */
  readonly fix: string;
}

/** Entries of all servers. */
export interface SortedEntries {
  readonly entries: readonly FoundEntry[];
  readonly leftAlone: readonly LeftAlone[];
}

/** What decides whether an entry can be brought in. */
export interface Circumstances {
  readonly survey: Survey;
  /** Name of the server with an address; undefined if no connection leads to it. */
  readonly nameAt: (address: string) => string | undefined;
  /** Stack that takes over; entries that another one claims stay its own. @default none has a claim here */
  readonly owner?: string | undefined;
  /** Time of the look, in seconds since 1970. */
  readonly now: number;
}
