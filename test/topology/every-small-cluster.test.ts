import { disagreement } from "./guide-judge";
import { everyChoice, isFirstNaming, kindChoices, smallCluster } from "./small-clusters";

test("[U] the rules and the guide's sentences agree on every cluster of three servers", () => {
  const roles = [null, "sync", "write-only", "standalone"] as const;
  let judged = 0;
  for (const chosen of kindChoices(3)) {
    for (const choice of everyChoice(6, roles)) {
      if (!isFirstNaming(chosen, choice)) continue;
      const found = disagreement(smallCluster(chosen, choice));
      if (found !== undefined) throw new Error(found);
      judged += 1;
    }
  }
  expect(judged).toBeGreaterThan(80_000);
}, 120_000);
