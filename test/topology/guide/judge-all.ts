import type { TopologyInput } from "../../../provider/schema/topology";
import { noteSample, oneIn } from "../../helpers/sample";
import { unnamedClusters, type Family } from "../unnamed-clusters";
import { disagreement } from "./judge";

/** Of so many clusters one is judged; all of them with PULUMI_WHM_TEST_ALL=1. */
const clustersForOne = 8;

/** Judges clusters of a family in several variants, and says how many clusters there are in it. */
export function judgeAll(
  kindChoices: Iterable<Parameters<typeof unnamedClusters>[0]>,
  family: Family,
  variantsOf: (cluster: TopologyInput) => TopologyInput[],
): number {
  let [many, judged] = [0, 0];
  const isChosen = oneIn(clustersForOne);
  for (const chosen of kindChoices) {
    for (const cluster of unnamedClusters(chosen, family)) {
      many += 1;
      if (!isChosen()) continue;
      judged += 1;
      const found = variantsOf(cluster)
        .map(disagreement)
        .find((line) => line !== undefined);
      if (found !== undefined) throw new Error(found);
    }
  }
  noteSample(judged, many);
  return many;
}

/** Takes one after another, so that each is met by thousands of clusters. */
export function inTurn<Item>(items: readonly Item[]): () => Item {
  let turn = 0;
  return () => items[turn++ % items.length] as Item;
}
