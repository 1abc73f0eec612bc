import { claim, claimCode } from "../claim.mjs";
import { clusteringFlag } from "../files.mjs";
import { showChanges } from "../show.mjs";
import { snapshots } from "../stage.mjs";

/** Everything goes as it came. */
export const destroyCluster = {
  title: "The cluster is destroyed",
  async run({ simulator, stack, before }) {
    const result = await stack.operate("destroy", "--yes");
    claimCode(result, 0, "everything is deleted");
    showChanges(result);
    const differing = differences(before, snapshots(simulator));
    const sentence =
      "the servers are as they were before, byte for byte (the clustering flag stays once set)";
    claim(sentence, differing.length === 0, differing.join("\n"));
  },
};

/** The files that are not what they were; without their contents, which may be secrets. */
function differences(before, after) {
  return Object.keys(after).flatMap((server) => {
    const paths = new Set([...Object.keys(before[server]), ...Object.keys(after[server])]);
    return [...paths]
      .filter((path) => path !== clusteringFlag && before[server][path] !== after[server][path])
      .map((path) => `${server}: ${path} ${change(before[server][path], after[server][path])}`);
  });
}

function change(before, after) {
  if (before === undefined) return "was left behind";
  return after === undefined ? "is gone" : "is not what it was";
}
