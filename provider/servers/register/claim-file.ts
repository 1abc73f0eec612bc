import { createHash } from "node:crypto";
import { z } from "zod";

// A claim says who owns a thing on a server. Its name alone says of what and by whom, so a claim whose writing was
// interrupted is still useful: `member.192.0.2.53.0f3c…-1.json`.

/** Kinds of things that can be claimed: an entry for another server, a line among the trusted addresses, a canary zone. */
export type ClaimedKind = "member" | "line" | "zone";

/** Owner of a claim: a resource of a stack. */
export interface Claimant {
  /** Type of the resource. */
  type: string;
  /** Organization, project, stack and name of the resource. */
  logicalName: string;
}

/** A claim as given by its name. */
export interface ClaimName {
  kind: ClaimedKind;
  /** Address of the entry or line, or name of the zone. */
  key: string;
  /** Derived from the claimant. */
  id: string;
  /** Increased when the same resource is made again while its predecessor still exists. */
  generation: number;
}

export const claimContent = z.looseObject({
  format: z.literal(1),
  /** Organization, project and stack. */
  owner: z.string(),
  /** Name of the resource in the stack. */
  resource: z.string(),
  /** Whether the thing was there before the stack adopted it. */
  adopted: z.boolean().optional(),
  /** What was there before, which is what the deletion leaves. */
  before: z
    .looseObject({
      /** Whether the line was there already. */
      line: z.boolean().optional(),
      /** Whether there was no such file. */
      noFile: z.boolean().optional(),
      /** Text of the member file of an adopted entry. */
      text: z.string().optional(),
      /** Text of its role file. */
      roleText: z.string().optional(),
    })
    .optional(),
});

export type ClaimContent = z.output<typeof claimContent>;
/** What was in the place of a thing before it was claimed. */
export type Before = NonNullable<ClaimContent["before"]>;

/** Returns the id of a claimant. A resource always has the same id, so a run recognises what a killed run has made. */
export function claimId({ type, logicalName }: Claimant): string {
  return createHash("sha256")
    .update(JSON.stringify([type, logicalName]))
    .digest("hex")
    .slice(0, 16);
}

/** Splits a claimant's name into organization, project and stack, and the name of the resource. */
export function ownerOf(logicalName: string): { owner: string; resource: string } {
  const [organization, project, stack, ...name] = logicalName.split("/");
  return { owner: [organization, project, stack].join("/"), resource: name.join("/") };
}

/** Returns a claim in the form that a state holds. */
export function claimMark({ id, generation }: Pick<ClaimName, "id" | "generation">): string {
  return `${id}-${generation}`;
}

export function claimFile(name: ClaimName): string {
  return `${name.kind}.${name.key}.${claimMark(name)}.json`;
}

const form = /^(member|line|zone)\.(.+)\.([0-9a-f]{16})-(\d+)\.json$/;

/** Parses the name of a claim in the register; undefined for any other entry. */
export function parseClaimFile(file: string): ClaimName | undefined {
  const [, kind, key, id, generation] = form.exec(file) ?? [];
  if (kind === undefined || key === undefined || id === undefined) return undefined;
  return { kind: kind as ClaimedKind, key, id, generation: Number(generation) };
}
