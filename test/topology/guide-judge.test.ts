import fc from "fast-check";
import type { TopologyInput } from "../../provider/schema/topology";
import { isRejected, validateTopology } from "../../provider/topology";
import { direct, primary } from "./builders";
import { guideRejects } from "./guide-judge";
import { everyChoice, kindChoices, kinds, smallCluster } from "./small-clusters";

/** What both judges are asked about, for a message that can be acted on. */
function disagreement(topology: TopologyInput): string | undefined {
  const ours = isRejected(validateTopology(topology));
  const theirs = guideRejects(topology);
  return ours === theirs
    ? undefined
    : `rules ${String(ours)}, guide ${String(theirs)}: ${JSON.stringify(topology)}`;
}

describe("the rules and a judge that reads the guide sentence by sentence", () => {
  test("[U] agree on the guide's configurations", () => {
    expect([direct, primary].map(guideRejects)).toEqual([false, false]);
    expect([direct, primary].map(disagreement)).toEqual([undefined, undefined]);
  });

  test("[U] agree on every cluster of three servers", () => {
    const roles = [null, "sync", "write-only", "standalone"] as const;
    let judged = 0;
    for (const chosen of kindChoices(3)) {
      for (const choice of everyChoice(6, roles)) {
        const found = disagreement(smallCluster(chosen, choice));
        if (found) throw new Error(found);
        judged += 1;
      }
    }
    expect(judged).toBe(35 * 4 ** 6);
  }, 120_000);

  test.each([4, 5])(
    "[U] agree on clusters of %d servers drawn at random, with and without trusts",
    (count) => {
      const cluster = fc
        .record({
          chosen: fc.array(fc.constantFrom(...kinds), { minLength: count, maxLength: count }),
          // Mostly no link, so that clusters come out that are not hopeless from the start.
          roles: fc.array(fc.constantFrom(null, null, null, "sync" as const), {
            minLength: count * (count - 1),
            maxLength: count * (count - 1),
          }),
          trusted: fc.boolean(),
        })
        .map(({ chosen, roles, trusted }) => ({
          ...smallCluster(chosen, roles),
          ...(trusted ? {} : { trusts: [] }),
        }));
      fc.assert(
        fc.property(cluster, (topology) => {
          expect(disagreement(topology)).toBeUndefined();
        }),
        { numRuns: 3_000 },
      );
    },
  );
});
