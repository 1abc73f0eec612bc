import {
  namesakesOf,
  readMember,
  ServerError,
  type Before,
  type Claim,
  type Claimant,
  type Member,
  type Server,
} from "../../servers";
import {
  beforeOf,
  claim,
  holdersOf,
  namesOf,
  releaseOf,
  standingClaim,
  type Holders,
  type Release,
} from "./claims";
import { PartialFailure } from "../engine/failures";
import { warn } from "../engine/warn";

// A member and a reverse trust are the same thing on a server: an entry for another server, under its address.

/** An entry that a resource wants to write. */
export interface WantedEntry {
  server: Server;
  /** Address of the server that it is for. */
  key: string;
  /** Host name of the server that it is for. */
  host: string;
  claimant: Claimant;
  adopt: boolean;
  /** Whether an entry that stands there says what is wanted: with a token in it that nobody else knows, it is ours. */
  isOurs: (found: Member) => boolean;
  /** What was tried, as it follows "Failed to". */
  phrase: string;
  /** What `adopt: true` would do with an entry that is there. */
  adoption: string;
}

/**
 * Claims an entry and writes it. Where the writing fails before anything of the entry is there, the claim is taken back.
 *
 * @param write gets the claim as a state names it
 * @throws ServerError `exists-already` for an entry that somebody else has made or claims
 */
export async function writeClaimed<Result>(
  wanted: WantedEntry,
  write: (claim: string) => Promise<Result>,
): Promise<Result> {
  const mark = await claimEntry(wanted);
  try {
    return await write(mark);
  } catch (error) {
    // What cannot be taken back now is known to the next run by its name.
    if (!(error instanceof PartialFailure)) await takeBack(wanted, mark).catch(() => undefined);
    throw error;
  }
}

/** Claims an entry before it is written, and gives the claim as a state names it. */
async function claimEntry(wanted: WantedEntry): Promise<string> {
  const { server, key, claimant, adopt } = wanted;
  const thing = { server, kind: "member", key } as const;
  const [found, holders] = await Promise.all([readMember(server, key), holdersOf(thing, claimant)]);
  refuseForeign(wanted, found, holders);
  await refuseNamesake(wanted);
  const isNew = ![...holders.own, ...holders.ofStack, ...holders.others].some(saysSomething);
  const before = isNew && found && !wanted.isOurs(found) ? textsOf(found) : beforeOf(holders);
  return claim(thing, claimant, { holders, before, isShared: adopt });
}

/** The claim that a resource has on its entry already, or a new one where the register has lost it. */
export async function keepEntry(
  wanted: WantedEntry,
  { claim: mark, token }: { claim?: string; token: string },
): Promise<string> {
  const { server, key } = wanted;
  const standing = await standingClaim({ server, kind: "member", key }, mark);
  // An entry with the token that only this state knows is ours, whatever else it says.
  const isOurs = (found: Member): boolean => wanted.isOurs(found) || found.fields.pass === token;
  return standing ?? claimEntry({ ...wanted, isOurs });
}

/** What becomes of an entry that is to be deleted. */
export interface EntryRelease extends Release {
  found: Member | undefined;
}

/**
 * Whether an entry may be deleted: it is claimed by its resource alone or, where the claim was lost, proves itself by the
 * token in it. Undefined when it stays; then its claim is taken back already.
 */
export async function releaseEntry(
  { server, key }: { server: Server; key: string },
  { claim: mark, token }: { claim?: string; token: string },
): Promise<EntryRelease | undefined> {
  const [release, found] = await Promise.all([
    releaseOf({ server, kind: "member", key }, mark),
    readMember(server, key),
  ]);
  const isOurs = release.isClaimed || !found || found.fields.pass === token;
  if (!release.isNeeded && isOurs) return { ...release, found };
  if (!release.isNeeded) warn(staysUnclaimed(server, key));
  await release.drop();
  return undefined;
}

function textsOf({ text, roleText }: Member): Before {
  return { ...(text !== undefined && { text }), ...(roleText !== undefined && { roleText }) };
}

function refuseForeign(
  wanted: WantedEntry,
  found: Member | undefined,
  { own, ofStack, others }: Holders,
): void {
  if (wanted.adopt) return;
  const { key } = wanted;
  if (others.length > 0 && !found)
    throw taken(wanted, `${namesOf(others)} claims the entry for ${key}, and has not made it yet`);
  const isKnown = own.some(saysSomething) || ofStack.length > 0;
  if (!found || (others.length === 0 && (isKnown || wanted.isOurs(found)))) return;
  const why = others.length > 0 ? `${namesOf(others)} claims it` : "it differs";
  throw taken(wanted, `there is an entry for ${key} already, ${describe(found)}, and ${why}`);
}

/** A run that was broken off before its claim said anything has not written what it was about to claim. */
function saysSomething({ content }: Claim): boolean {
  return content !== undefined;
}

function taken({ server, phrase, adoption }: WantedEntry, said: string): ServerError {
  return new ServerError({
    code: "exists-already",
    server: server.name,
    phrase,
    said,
    wayOut: `Set adopt: true on the link or on the cluster to ${adoption}, or remove it first where it was made.`,
  });
}

/** WHM wants one member of a host name: a second one would get the zones of the first. */
async function refuseNamesake({ server, key, host, phrase }: WantedEntry): Promise<void> {
  const [namesake] = await namesakesOf(server, key, host);
  if (namesake === undefined) return;
  throw new ServerError({
    code: "exists-already",
    server: server.name,
    phrase,
    said: `there is an entry for ${namesake} already that has the same host name, ${host}`,
    wayOut: `Remove ${namesake} in WHM first if the server has moved to ${key}; else give the two servers host names of their own.`,
  });
}

function describe({ text, role }: Member): string {
  if (text === undefined) return "a role file without a member file";
  return role === undefined ? "without a role that WHM can read" : `with role ${role}`;
}

async function takeBack({ server, key }: WantedEntry, mark: string): Promise<void> {
  await (await releaseOf({ server, kind: "member", key }, mark)).drop();
}

function staysUnclaimed(server: Server, key: string): string {
  return (
    `The entry for ${key} stays on ${server.name}: the register there does not say that it is this stack's, and it holds another token. ` +
    "If it is, remove it in WHM."
  );
}
