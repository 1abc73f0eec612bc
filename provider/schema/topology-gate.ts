import { z } from "zod";
import { topology } from "./topology";

/** What the engine carries of a gate: the plain topology that every resource of the cluster waits for. */
export const topologyGate = z.strictObject({ topology });

export type TopologyGateInputs = z.output<typeof topologyGate>;
