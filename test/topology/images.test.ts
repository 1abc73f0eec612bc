import fc from "fast-check";
import { renderComparison } from "../../provider/topology";
import { kinds, smallCluster } from "./small-clusters";

test("[U] a comparison becomes an image whatever the two topologies are", async () => {
  const cluster = fc
    .record({
      chosen: fc.array(fc.constantFrom(...kinds), { maxLength: 6 }),
      roles: fc.array(fc.constantFrom(null, "sync" as const, "write-only" as const, "standalone" as const), {
        minLength: 30,
        maxLength: 30,
      }),
    })
    .map(({ chosen, roles }) => smallCluster(chosen, roles));
  await fc.assert(
    fc.asyncProperty(cluster, cluster, async (left, right) => {
      const image = await renderComparison(left, right, "svg");
      for (const name of Object.keys({ ...left.servers, ...right.servers })) expect(image).toContain(name);
    }),
    { numRuns: 40 },
  );
});
