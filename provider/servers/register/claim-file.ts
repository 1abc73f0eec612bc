import { createHash } from "node:crypto";
import { z } from "zod";

// A claim says whose a thing on a server is. Its name alone tells of what and by whom, so that a claim whose writing was
// broken off says as much: `member.192.0.2.53.0f3c…-1.json`.

/** What can be claimed: an entry for another server, or a line among the trusted addresses. */
export type ClaimedKind = "member" | "line";

/** Who claims: a resource of a stack. */
export interface Claimant {
  /** Type of the resource. */
  type: string;
  /** Organization, project, stack and name of the resource. */
  logicalName: string;
}

/** A claim by its name. */
export interface ClaimName {
  kind: ClaimedKind;
  /** Address of the entry, or of the line. */
  key: string;
  /** Follows from the claimant. */
  id: string;
  /** Counts up when the same resource is made anew while its predecessor still stands. */
  generation: number;
}

export const claimContent = z.looseObject({
  format: z.literal(1),
  /** Organization, project and stack. */
  owner: z.string(),
  /** Name of the resource in the stack. */
  resource: z.string(),
  /** What stood there before; it is what the deletion leaves. */
  before: z
    .looseObject({
      /** The line stood there already. */
      line: z.boolean().optional(),
      /** There was no such file. */
      noFile: z.boolean().optional(),
      /** Text of a member file that an adopted entry had. */
      text: z.string().optional(),
      /** Text of its role file. */
      roleText: z.string().optional(),
    })
    .optional(),
});

export type ClaimContent = z.output<typeof claimContent>;
/** What stood in the place of a thing before it was claimed. */
export type Before = NonNullable<ClaimContent["before"]>;

/** The same resource always claims under the same id: so a run knows what one that was killed has made. */
export function claimId({ type, logicalName }: Claimant): string {
  return createHash("sha256")
    .update(JSON.stringify([type, logicalName]))
    .digest("hex")
    .slice(0, 16);
}

/** Organization, project and stack of a claimant, and the name of its resource. */
export function ownerOf(logicalName: string): { owner: string; resource: string } {
  const [organization, project, stack, ...name] = logicalName.split("/");
  return { owner: [organization, project, stack].join("/"), resource: name.join("/") };
}

/** How a state names its claim. */
export function claimMark({ id, generation }: Pick<ClaimName, "id" | "generation">): string {
  return `${id}-${generation}`;
}

export function claimFile(name: ClaimName): string {
  return `${name.kind}.${name.key}.${claimMark(name)}.json`;
}

const form = /^(member|line)\.(.+)\.([0-9a-f]{16})-(\d+)\.json$/;

/** The claim that an entry of the register is; undefined for any other entry. */
export function parseClaimFile(file: string): ClaimName | undefined {
  const [, kind, key, id, generation] = form.exec(file) ?? [];
  if (kind === undefined || key === undefined || id === undefined) return undefined;
  return { kind: kind as ClaimedKind, key, id, generation: Number(generation) };
}
