import { z } from "zod";
import { riskChoices } from "./risks";
import { topology } from "./topology";
import { ipAddress, logicalName, serverName } from "./values";

/** A link by the addresses of its ends. Server names are valid only within one declaration. */
export const linkByAddress = z.strictObject({
  /** Address of the server that stores the link. */
  from: ipAddress,
  /** Address of the server that the link leads to. */
  to: ipAddress,
});

/** A link of the topology, by the names of its ends. */
const keptLink = z.strictObject({
  /** Name of the server that stores the link. */
  from: serverName,
  /** Name of the server that the link leads to. */
  to: serverName,
});

/** Inputs of a gate, as the engine carries them: the plain topology that every resource of the cluster waits for. */
export const topologyGate = z.strictObject({
  logicalName,
  topology,
  /** Servers that are declared with the cluster and used by nothing in it; for policies. @default none */
  unlinked: topology.shape.servers.optional(),
  /** Whether the links were declared one by one; each connected part is then a cluster of its own. @default one cluster */
  linkByLink: z.literal(true).optional(),
  /** Links from these servers that the same program declares elsewhere. They are judged there. */
  elsewhere: z.array(linkByAddress).optional(),
  /** Links that `ignoreChanges` may keep as they were. What they really are is looked up before anything is written. */
  kept: z.array(keptLink).optional(),
  ...riskChoices.shape,
});

export type TopologyGateInputs = z.output<typeof topologyGate>;
export type LinkByAddress = z.output<typeof linkByAddress>;
export type KeptLink = z.output<typeof keptLink>;
