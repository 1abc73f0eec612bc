import {
  claimId,
  claimMark,
  claimNamesOn,
  claimsOn,
  dropClaims,
  layClaim,
  namesOfClaimants,
  ownerOf,
  ServerError,
  type Before,
  type Claim,
  type Claimant,
  type ClaimedKind,
  type ClaimName,
  type Server,
} from "../../servers";

// The register of a server alone says who owns a thing on it. A claim is made before the thing and dropped after the
// thing is gone, so whatever run ends in between, the next one knows its own.

/** A thing on a server that can be claimed. */
export interface Thing {
  server: Server;
  kind: ClaimedKind;
  key: string;
}

/** Claims on a thing, by owner. */
export interface Holders {
  /** Claims of this resource from an earlier run. */
  own: Claim[];
  /** Claims of other resources of the same stack, such as this one's predecessor under another name. */
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

/** Returns what was there before anybody claimed the thing; undefined if nobody has. */
export function beforeOf({ own, ofStack, others }: Holders): Before | undefined {
  return [...own, ...ofStack, ...others].find(({ content }) => content?.before)?.content?.before;
}

/**
 * Claims a thing and looks again. When two stacks claim the same entry at the same moment, at least one sees the other.
 *
 * @returns the claim in the form that a state holds
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

/** Returns a resource's current claim. A run that was killed may have raised its generation. */
export async function standingClaim(
  { server, kind, key }: Thing,
  mark: string | undefined,
): Promise<string | undefined> {
  if (mark === undefined) return undefined;
  const own = (await claimNamesOn(server, kind, key)).filter(({ id }) => id === parseMark(mark).id);
  const last = own.sort((one, other) => one.generation - other.generation).at(-1);
  return last && claimMark(last);
}

/** Returns what a state says about its claim, given the current one. */
export function claimStatus(
  known: string | undefined,
  standing: string | undefined,
): { claim?: string; unclaimed?: true } {
  if (known === undefined) return {};
  return standing === undefined ? { claim: known, unclaimed: true } : { claim: standing };
}

/** Permissions of a deletion. */
export interface Release {
  /** Whether another resource claims the thing, so that it stays. */
  isNeeded: boolean;
  /** Whether the register says that the thing belongs to this resource. */
  isClaimed: boolean;
  /** What was there before the claim. */
  before: Before | undefined;
  /** Takes the claims back. The register goes with the last one. */
  drop: () => Promise<void>;
}

/**
 * Finds out what may be deleted of a thing, according to the register.
 *
 * @param mark claim in the state; an adopted resource has none there, and its claim is known by its claimant
 */
export async function releaseOf(
  { server, kind, key }: Thing,
  claimant: Claimant,
  mark: string | undefined,
): Promise<Release> {
  const claims = await claimsOn(server, kind, key);
  const { id, generation } =
    mark === undefined ? { id: claimId(claimant), generation: Infinity } : parseMark(mark);
  // A later generation belongs to the successor of this resource.
  const isOwn = (each: ClaimName): boolean => each.id === id && each.generation <= generation;
  const own = claims.filter(isOwn);
  return {
    isNeeded: own.length < claims.length,
    isClaimed: own.length > 0,
    before: own.find(({ content }) => content?.before)?.content?.before,
    drop: () => dropClaims(server, own),
  };
}

function parseMark(mark: string): Pick<ClaimName, "id" | "generation"> {
  const [id = "", generation] = mark.split("-");
  return { id, generation: Number(generation) };
}

function claimedMeanwhile({ server, key }: Thing, others: readonly Claim[]): ServerError {
  return new ServerError({
    code: "exists-already",
    server: server.name,
    phrase: `claim the entry for ${key}`,
    said: `${namesOfClaimants(others)} claims it at the same moment`,
    wayOut:
      "Only one stack can make it: take it out of the other one, or run pulumi up again when that run has ended.",
  });
}
