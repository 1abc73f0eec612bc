import { z } from "zod";
import { hostName } from "./values";

const seconds = "must be 1 to 600 seconds";

/** How a cluster is proven by canary zones. */
export const zoneProof = z.strictObject({
  /** Seconds in which a canary zone must arrive on every nameserver. */
  within: z.int(seconds).min(1, seconds).max(600, seconds).default(60),
  /** Domain under which the canary zones are named. */
  under: hostName.default("invalid"),
});

/** What a program says of the proof of a cluster. */
export const proofChoice = z.union(
  [
    z.boolean(),
    z.literal("zone"),
    z.strictObject({
      /** How canary zones are made. */
      zone: zoneProof,
    }),
  ],
  'must be true, false, "zone" or { zone: { within, under } }',
);

export type ZoneProof = z.output<typeof zoneProof>;
export type ProofChoice = z.output<typeof proofChoice>;

/** Returns how a cluster is proven by canary zones; undefined if it is not. */
export function zoneProofIn(choice: ProofChoice): ZoneProof | undefined {
  if (choice === "zone") return zoneProof.parse({});
  return typeof choice === "object" ? choice.zone : undefined;
}
