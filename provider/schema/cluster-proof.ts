import { z } from "zod";
import { linkByAddress } from "./topology-gate";
import { topology } from "./topology";
import { logicalName } from "./values";
import { zoneProof } from "./zone-proof";

/**
 * Input that carries the topology. The gate shows the same one: the engine hides properties that begin with two underscores
 * from the details of a change.
 */
export const provenInput = "__topology";

/** Inputs of a cluster's proof, as the engine carries them. */
export const clusterProof = z.strictObject({
  logicalName,
  [provenInput]: topology,
  /**
   * Mark of all writes to the parts of the cluster so far. Another one means a new look; in a state, an empty one.
   * @default no look at all
   */
  writes: z
    .string()
    .regex(/^[0-9a-z]*$/)
    .optional(),
  /** How it is proven by canary zones. @default it is not */
  zone: zoneProof.optional(),
  /** Whether the deletion is refused. @default it is not */
  guardDestroy: z.literal(true).optional(),
  /** Links from these servers that the same program declares elsewhere. They are judged there. */
  elsewhere: z.array(linkByAddress).optional(),
});

export type ClusterProofInputs = z.output<typeof clusterProof>;
