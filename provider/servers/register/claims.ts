import type { Server } from "../server";
import {
  claimContent,
  claimFile,
  claimId,
  ownerOf,
  parseClaimFile,
  type Before,
  type Claimant,
  type ClaimContent,
  type ClaimedKind,
  type ClaimName,
} from "./claim-file";
import { registerOf } from "./register";
import { jsonOf, parseEntry } from "./server-record";

/** A claim with its content. A claim whose writing was interrupted has none. */
export interface Claim extends ClaimName {
  content: ClaimContent | undefined;
}

/** Lists all claims on a server. */
export async function allClaims(server: Server): Promise<Claim[]> {
  return readClaims(server, () => true);
}

/** Lists all claims of a kind on a server. */
export async function claimsOfKind(server: Server, kind: ClaimedKind): Promise<Claim[]> {
  return readClaims(server, (claim) => claim.kind === kind);
}

/** Lists all claims on one thing. */
export async function claimsOn(server: Server, kind: ClaimedKind, key: string): Promise<Claim[]> {
  return readClaims(server, (claim) => claim.kind === kind && claim.key === key);
}

/** Lists the names of the claims on one thing. */
export async function claimNamesOn(server: Server, kind: ClaimedKind, key: string): Promise<ClaimName[]> {
  return (await claimNamesOfKind(server, kind)).filter((each) => each.key === key);
}

/** Lists the names of all claims of a kind on a server. */
export async function claimNamesOfKind(server: Server, kind: ClaimedKind): Promise<ClaimName[]> {
  const names = await registerOf(server).names();
  return names.flatMap((name) => parseClaimFile(name) ?? []).filter((each) => each.kind === kind);
}

/** Lists the stacks and resources that claim something, for a sentence. */
export function namesOfClaimants(claims: readonly Claim[]): string {
  const names = claims.map(({ content }) =>
    content ? `the resource ${content.resource} of the stack ${content.owner}` : "a run that was broken off",
  );
  return [...new Set(names)].join(" and ");
}

/** A claim to be made: on what, by whom, and what was there before. */
export interface WantedClaim {
  kind: ClaimedKind;
  key: string;
  claimant: Claimant;
  /** Existing claims on the thing. */
  found: readonly Claim[];
  before: Before | undefined;
  /** Whether the thing was there before the stack adopted it. @default false */
  adopted?: boolean;
}

/** Claims a thing, one generation after the claims that the same resource has on it. Those are then removed. */
export async function layClaim(server: Server, wanted: WantedClaim): Promise<Claim> {
  const { kind, key, claimant, found, before, adopted } = wanted;
  const id = claimId(claimant);
  const earlier = found.filter((claim) => claim.id === id);
  const content: ClaimContent = {
    format: 1,
    ...ownerOf(claimant.logicalName),
    ...(adopted && { adopted }),
    ...(before && { before }),
  };
  const text = `${JSON.stringify({ ...content, type: claimant.type }, undefined, 2)}\n`;
  let generation = Math.max(0, ...earlier.map((claim) => claim.generation)) + 1;
  while (!(await registerOf(server).add(claimFile({ kind, key, id, generation }), text))) generation += 1;
  if (earlier.length > 0) await registerOf(server).remove(earlier.map(claimFile));
  return { kind, key, id, generation, content };
}

/** Removes claims. */
export function dropClaims(server: Server, claims: readonly ClaimName[]): Promise<void> {
  return registerOf(server).remove(claims.map(claimFile));
}

async function readClaims(server: Server, isWanted: (claim: ClaimName) => boolean): Promise<Claim[]> {
  const register = registerOf(server);
  const claims = (await register.names()).flatMap((name) => parseClaimFile(name) ?? []).filter(isWanted);
  return Promise.all(
    claims.map(async (claim) => {
      const text = await register.read(claimFile(claim));
      // Interrupted: the resource was about to be made, and the content is not known.
      if (text === undefined || jsonOf(text) === undefined) return { ...claim, content: undefined };
      return { ...claim, content: parseEntry(server, claimContent, { name: claimFile(claim), text }) };
    }),
  );
}
