import * as pulumi from "../sdk";
import type { Topology } from "../../schema/topology";
import { drainSentences } from "../../topology";

/** Says in every preview and run what is drained, so that nobody forgets it. */
export function warnOfDrains(topology: Topology, resource?: pulumi.Resource): void {
  for (const sentence of drainSentences(topology, Date.now())) void pulumi.log.warn(sentence, resource);
}
