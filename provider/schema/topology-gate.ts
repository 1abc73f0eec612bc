import { z } from "zod";
import { topology } from "./topology";
import { ipAddress, logicalName, serverName } from "./values";

/** A link by the addresses of its ends: names of servers hold within one declaration only. */
const linkByAddress = z.strictObject({
  /** Address of the server that stores the link. */
  from: ipAddress,
  /** Address of the server that it links to. */
  to: ipAddress,
});

/** A link of the topology by the names of its ends. */
const keptLink = z.strictObject({
  /** Name of the server that stores the link. */
  from: serverName,
  /** Name of the server that it links to. */
  to: serverName,
});

/** What the engine carries of a gate: the plain topology that every resource of the cluster waits for. */
export const topologyGate = z.strictObject({
  logicalName,
  topology,
  /** Servers that were declared with the cluster and that nothing in it uses; for policies. @default none */
  unlinked: topology.shape.servers.optional(),
  /** Whether its links were declared one by one: then each connected part is a cluster of its own. @default one cluster */
  linkByLink: z.literal(true).optional(),
  /** Links from these servers that the same program declares elsewhere, and which were judged there. */
  elsewhere: z.array(linkByAddress).optional(),
  /** Links that `ignoreChanges` may keep as they were: what they really are is to be looked at before anything is written. */
  kept: z.array(keptLink).optional(),
});

export type TopologyGateInputs = z.output<typeof topologyGate>;
export type LinkByAddress = z.output<typeof linkByAddress>;
export type KeptLink = z.output<typeof keptLink>;
