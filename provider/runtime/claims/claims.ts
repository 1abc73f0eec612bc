import {
  claimId,
  claimMark,
  claimNamesOn,
  claimsOn,
  dropClaims,
  layClaim,
  ownerOf,
  ServerError,
  type Before,
  type Claim,
  type Claimant,
  type ClaimedKind,
  type ClaimName,
  type Server,
} from "../../servers";

// Whose a thing on a server is stands in the register of that server, and nowhere else. A claim is laid before the thing is
// made and dropped after it is gone: so whatever run ends in between, the next one knows its own.

/** A thing on a server that can be claimed. */
export interface Thing {
  server: Server;
  kind: ClaimedKind;
  key: string;
}

/** Claims on a thing, by whose they are. */
export interface Holders {
  /** Claims of this very resource, of a run before. */
  own: Claim[];
  /** Claims of other resources of the same stack: of the one that this one follows under another name. */
  ofStack: Claim[];
  /** Claims of other stacks. */
  others: Claim[];
}

export async function holdersOf({ server, kind, key }: Thing, claimant: Claimant): Promise<Holders> {
  const claims = await claimsOn(server, kind, key);
  const id = claimId(claimant);
  const { owner } = ownerOf(claimant.logicalName);
  const isOfStack = (claim: Claim): boolean => claim.content?.owner === owner;
  const rest = claims.filter((claim) => claim.id !== id);
  return {
    own: claims.filter((claim) => claim.id === id),
    ofStack: rest.filter(isOfStack),
    others: rest.filter((claim) => !isOfStack(claim)),
  };
}

/** What stood there before anybody claimed it; undefined where nobody has. */
export function beforeOf({ own, ofStack, others }: Holders): Before | undefined {
  return [...own, ...ofStack, ...others].find(({ content }) => content?.before)?.content?.before;
}

/**
 * Lays a claim and looks again: of two stacks that claim the same entry at the same moment at least one sees the other.
 *
 * @returns the claim as a state names it
 */
export async function claim(
  thing: Thing,
  claimant: Claimant,
  { holders, before, isShared }: { holders: Holders; before: Before | undefined; isShared: boolean },
): Promise<string> {
  const { server, kind, key } = thing;
  const laid = await layClaim(server, { kind, key, claimant, found: holders.own, before });
  if (isShared) return claimMark(laid);
  const known = new Set([...holders.ofStack, ...holders.others].map(({ id }) => id));
  const rivals = (await claimNamesOn(server, kind, key)).filter(({ id }) => id !== laid.id && !known.has(id));
  if (rivals.length === 0) return claimMark(laid);
  const { others } = await holdersOf(thing, claimant);
  if (others.every(({ id }) => known.has(id))) return claimMark(laid);
  await dropClaims(server, [laid]);
  throw claimedMeanwhile(thing, others);
}

/** The claim of a resource as it stands now: a run that was killed may have counted it up. */
export async function standingClaim(
  { server, kind, key }: Thing,
  mark: string | undefined,
): Promise<string | undefined> {
  if (mark === undefined) return undefined;
  const own = (await claimNamesOn(server, kind, key)).filter(({ id }) => id === parseMark(mark).id);
  const last = own.sort((one, other) => one.generation - other.generation).at(-1);
  return last && claimMark(last);
}

/** What a state says of its claim, after a look at the one that stands. */
export function claimStatus(
  known: string | undefined,
  standing: string | undefined,
): { claim?: string; unclaimed?: true } {
  if (known === undefined) return {};
  return standing === undefined ? { claim: known, unclaimed: true } : { claim: standing };
}

/** What a deletion may do. */
export interface Release {
  /** Another resource claims the thing: it stays. */
  isNeeded: boolean;
  /** The register says that the thing is this resource's. */
  isClaimed: boolean;
  /** What stood there before. */
  before: Before | undefined;
  /** Takes the claims back; the register goes with the last one. */
  drop: () => Promise<void>;
}

export async function releaseOf({ server, kind, key }: Thing, mark: string | undefined): Promise<Release> {
  const claims = await claimsOn(server, kind, key);
  const { id, generation } = parseMark(mark);
  // A later generation is the successor of this one.
  const isOwn = (each: ClaimName): boolean => each.id === id && each.generation <= generation;
  const own = claims.filter(isOwn);
  return {
    isNeeded: own.length < claims.length,
    isClaimed: own.length > 0,
    before: own.find(({ content }) => content?.before)?.content?.before,
    drop: () => dropClaims(server, own),
  };
}

/** Stacks and resources that claim something, for a sentence. */
export function namesOf(claims: readonly Claim[]): string {
  const names = claims.map(({ content }) =>
    content ? `the resource ${content.resource} of the stack ${content.owner}` : "a run that was broken off",
  );
  return [...new Set(names)].join(" and ");
}

function parseMark(mark = ""): Pick<ClaimName, "id" | "generation"> {
  const [id = "", generation] = mark.split("-");
  return { id, generation: Number(generation) };
}

function claimedMeanwhile({ server, key }: Thing, others: readonly Claim[]): ServerError {
  return new ServerError({
    code: "exists-already",
    server: server.name,
    phrase: `claim the entry for ${key}`,
    said: `${namesOf(others)} claims it at the same moment`,
    wayOut:
      "Only one stack can make it: take it out of the other one, or run pulumi up again when that run has ended.",
  });
}
