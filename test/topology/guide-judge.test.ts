import fc from "fast-check";
import { direct, primary } from "./builders";
import { disagreement, guideRejects } from "./guide/judge";
import { everyRelaxation } from "./guide/overrides";
import { kinds, smallCluster } from "./small-clusters";

describe("the rules and a judge that reads the guide sentence by sentence", () => {
  test("[U] agree on the guide's configurations", () => {
    expect([direct, primary].map(guideRejects)).toEqual([false, false]);
    expect([direct, primary].map(disagreement)).toEqual([undefined, undefined]);
  });

  test.each([4, 5])("[U] agree on random clusters of %d servers with random overrides", (count) => {
    const cluster = fc
      .record({
        chosen: fc.array(fc.constantFrom(...kinds), { minLength: count, maxLength: count }),
        // Mostly no link, so that clusters come out that are not hopeless from the start.
        roles: fc.array(fc.constantFrom(null, null, null, "sync" as const), {
          minLength: count * (count - 1),
          maxLength: count * (count - 1),
        }),
        given: fc.constantFrom({}, { trusts: [] }, { trustedAddresses: {} }, { apiTokens: [] }),
        rules: fc.constantFrom({}, ...everyRelaxation),
      })
      .map(({ chosen, roles, given, rules }) => ({ ...smallCluster(chosen, roles), ...given, rules }));
    fc.assert(
      fc.property(cluster, (topology) => {
        expect(disagreement(topology)).toBeUndefined();
      }),
      { numRuns: 3_000 },
    );
  });
});
