import type { Role } from "../../schema/role";
import type { Server as ServerSettings } from "../../schema/server";
import type { ApiTokenDetails, FoundMember } from "../../servers";
import type { ServerSurvey, Survey, TokenUse } from "../server-survey";

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

/** Sorts the entries of root's clusters: those that can be brought into a stack, and the others with the reason. */
export function sortEntries(circumstances: Circumstances): SortedEntries {
  const { survey } = circumstances;
  const uses = new Map(survey.uses.map((use) => [placeOf(use.holder, use.key), use]));
  const sorted = [...survey.servers.values()].flatMap((holder) =>
    holder.members.map((member) =>
      sortEntry(holder, member, uses.get(placeOf(holder.name, member.key)), circumstances),
    ),
  );
  return {
    entries: sorted.flatMap((each) => ("entry" in each ? [each.entry] : [])),
    leftAlone: sorted.flatMap((each) => ("left" in each ? [each.left] : [])),
  };
}

type Sorted = { readonly entry: FoundEntry } | { readonly left: LeftAlone };

function sortEntry(
  holder: ServerSurvey,
  member: FoundMember,
  use: TokenUse | undefined,
  circumstances: Circumstances,
): Sorted {
  const { key, fields, role } = member;
  const problem = problemOf(holder, member, use, circumstances);
  const about = circumstances.nameAt(key);
  if (problem || about === undefined || role === undefined || use?.token === undefined) {
    const [why, fix] = problem ?? unknownServer;
    return { left: { server: holder.name, what: `entry for ${about ?? key}`, why, fix } };
  }
  const { host = key, pass = "" } = fields;
  return { entry: { holder: holder.name, about, key, role, host, secret: pass, token: use.token } };
}

type Problem = readonly [why: string, fix: string];

const unknownServer: Problem = [
  "no connection leads to this address",
  "Add the server to the connections, with this address, and run the command again.",
];

function problemOf(
  holder: ServerSurvey,
  member: FoundMember,
  use: TokenUse | undefined,
  circumstances: Circumstances,
): Problem | undefined {
  const about = circumstances.nameAt(member.key);
  return (
    problemOfFiles(member) ??
    problemOfOwner(holder, member, circumstances.owner) ??
    (about === undefined ? unknownServer : problemOfPeer(about, circumstances.survey)) ??
    problemOfUse(member) ??
    problemOfToken(use, about ?? member.key, circumstances.now)
  );
}

function problemOfFiles({ text, fields, role, roleText }: FoundMember): Problem | undefined {
  if (text === undefined) return ["it is a role file without a member file", "Remove the role file in WHM."];
  if (fields.module !== "cPanel")
    return [
      `it belongs to another module (${fields.module ?? "the old form without a module"})`,
      "Nothing to do.",
    ];
  if (role !== undefined) return undefined;
  const shown = roleText === undefined ? "there is no role file" : "WHM can't read its role file";
  return [`WHM doesn't see it: ${shown}`, "Set its role on WHM's cluster page, or remove it there."];
}

function problemOfOwner(
  { claims }: ServerSurvey,
  { key }: FoundMember,
  owner: string | undefined,
): Problem | undefined {
  const claim = claims.find(
    (each) => each.kind === "member" && each.key === key && each.content?.owner !== owner,
  );
  if (!claim) return undefined;
  const { content } = claim;
  const who = content
    ? `the resource ${content.resource} of the stack ${content.owner}`
    : "a run that was broken off";
  return [`${who} claims it`, "Leave it to that stack."];
}

function problemOfPeer(about: string, { unreadable }: Survey): Problem | undefined {
  return unreadable.has(about)
    ? [
        `${about} could not be read, so its token is unknown`,
        `Mend the connection to ${about} and run the command again.`,
      ]
    : undefined;
}

function problemOfUse({ fields, disabled }: FoundMember): Problem | undefined {
  if (fields.user !== undefined && fields.user !== "root")
    return [`it logs in as ${fields.user}, whose tokens are not root's`, "Give it a token of root in WHM."];
  if (disabled === undefined) return undefined;
  return [
    `WHM has disabled it (${disabled})`,
    "Enable it on WHM's cluster page when the other server answers.",
  ];
}

function problemOfToken(use: TokenUse | undefined, about: string, now: number): Problem | undefined {
  if (use === undefined) return ["it holds no token", "Give it a token in WHM, or remove it."];
  const { token } = use;
  if (token === undefined)
    return [
      `${about} doesn't know its token, so ${about} refuses every call`,
      `Give it a new token of ${about} in WHM.`,
    ];
  if (token.expiresAt === undefined || token.expiresAt > now) return undefined;
  const when = new Date(token.expiresAt * 1000).toISOString().slice(0, 10);
  return [
    `its token ${token.name} of ${about} has expired on ${when}`,
    `Give it a new token of ${about} in WHM.`,
  ];
}

function placeOf(holder: string, key: string): string {
  return `${holder} ${key}`;
}

/** Returns which address of a server an entry stores it under. */
export function viaOf(
  { publicAddress }: Pick<ServerSettings, "publicAddress">,
  key: string,
): "address" | "publicAddress" {
  return key === publicAddress ? "publicAddress" : "address";
}
