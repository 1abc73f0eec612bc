import {
  namesakesOf,
  namesOfClaimants,
  readMember,
  ServerError,
  type Before,
  type Claim,
  type Claimant,
  type Member,
  type Server,
} from "../../servers";
import { beforeOf, claim, holdersOf, releaseOf, standingClaim, type Holders, type Release } from "./claims";
import { PartialFailure } from "../engine/failures";
import { warn } from "../engine/warn";

// A member and a reverse trust are the same on a server: an entry for another server, under its address.

/** An entry that a resource wants to write. */
export interface WantedEntry {
  server: Server;
  /** Address of the other server. */
  key: string;
  /** Host name of the other server. */
  host: string;
  claimant: Claimant;
  adopt: boolean;
  /** Whether an existing entry is as wanted. It is then ours, because it contains a token that nobody else knows. */
  isOurs: (found: Member) => boolean;
  /** Description of the attempt, to follow "Failed to". */
  phrase: string;
  /** Description of what `adopt: true` would do with an existing entry. */
  adoption: string;
}

/**
 * Claims an entry and writes it. Takes the claim back if writing fails before any of the entry is there.
 *
 * @param write gets the claim in the form that a state holds
 * @throws ServerError `exists-already` for an entry that somebody else has made or claimed
 */
export async function writeClaimed<Result>(
  wanted: WantedEntry,
  write: (claim: string) => Promise<Result>,
): Promise<Result> {
  const mark = await claimEntry(wanted);
  try {
    return await write(mark);
  } catch (error) {
    // A claim that can't be taken back now is recognised by name in the next run.
    if (!(error instanceof PartialFailure)) await takeBack(wanted, mark).catch(() => undefined);
    throw error;
  }
}

/** Claims an entry before it is written. Returns the claim in the form that a state holds. */
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

/** Returns a resource's claim on its entry, or a new one if the register has lost it. */
export async function keepEntry(
  wanted: WantedEntry,
  { claim: mark, token }: { claim?: string; token: string },
): Promise<string> {
  const { server, key } = wanted;
  const standing = await standingClaim({ server, kind: "member", key }, mark);
  // An entry with the token that only this state knows is ours, whatever else it contains.
  const isOurs = (found: Member): boolean => wanted.isOurs(found) || found.fields.pass === token;
  return standing ?? claimEntry({ ...wanted, isOurs });
}

/** Release of an entry that is to be deleted. */
export interface EntryRelease extends Release {
  found: Member | undefined;
}

/**
 * Releases an entry for deletion if only its resource claims it or, when the claim was lost, if the token in it proves
 * that it is ours. Returns undefined when the entry stays, as an adopted one does; its claim is then taken back already.
 */
export async function releaseEntry(
  { server, key, claimant }: Pick<WantedEntry, "server" | "key" | "claimant">,
  { claim: mark, token, adopted }: { claim?: string; token: string; adopted?: true },
): Promise<EntryRelease | undefined> {
  const [release, found] = await Promise.all([
    releaseOf({ server, kind: "member", key }, claimant, mark),
    readMember(server, key),
  ]);
  if (adopted) {
    if (found) warn(staysAdopted(server, key));
    await release.drop();
    return undefined;
  }
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
    throw taken(wanted, `${namesOfClaimants(others)} claims the entry for ${key}, and has not made it yet`);
  const isKnown = own.some(saysSomething) || ofStack.length > 0;
  if (!found || (others.length === 0 && (isKnown || wanted.isOurs(found)))) return;
  const why = others.length > 0 ? `${namesOfClaimants(others)} claims it` : "it differs";
  throw taken(wanted, `there is an entry for ${key} already, ${describe(found)}, and ${why}`);
}

/** Whether a claim has content. A run that ended before its claim had any has not written the claimed thing. */
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

/** Refuses a second member with the same host name, because WHM would send it the zones of the first. */
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

async function takeBack({ server, key, claimant }: WantedEntry, mark: string): Promise<void> {
  await (await releaseOf({ server, kind: "member", key }, claimant, mark)).drop();
}

function staysAdopted(server: Server, key: string): string {
  return `The entry for ${key} stays on ${server.name}: it was there before this stack adopted it. Remove it in WHM if nobody needs it.`;
}

function staysUnclaimed(server: Server, key: string): string {
  return (
    `The entry for ${key} stays on ${server.name}: the register there does not say that it is this stack's, and it holds another token. ` +
    "If it is, remove it in WHM."
  );
}
