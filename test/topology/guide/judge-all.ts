import type { TopologyInput } from "../../../provider/schema/topology";
import { unnamedClusters, type Family } from "../unnamed-clusters";
import { disagreement } from "./judge";

/** Judges every cluster of a family in several variants, and says how many clusters there were. */
export function judgeAll(
  kindChoices: Iterable<Parameters<typeof unnamedClusters>[0]>,
  family: Family,
  variantsOf: (cluster: TopologyInput) => TopologyInput[],
): number {
  let judged = 0;
  for (const chosen of kindChoices) {
    for (const cluster of unnamedClusters(chosen, family)) {
      judged += 1;
      const found = variantsOf(cluster)
        .map(disagreement)
        .find((line) => line !== undefined);
      if (found !== undefined) throw new Error(found);
    }
  }
  return judged;
}

/** Takes one after another, so that each is met by thousands of clusters. */
export function inTurn<Item>(items: readonly Item[]): () => Item {
  let turn = 0;
  return () => items[turn++ % items.length] as Item;
}
