import fc from "fast-check";
import type { TopologyInput } from "../../provider/schema/topology";
import { compareTopologies } from "../../provider/topology";
import { link } from "./builders";
import { kinds, smallCluster } from "./small-clusters";

const nothing = {
  servers: { added: [], removed: [], changed: [] },
  links: { added: [], removed: [], changed: [] },
  trusts: { added: [], removed: [] },
};

const cluster = fc
  .record({
    chosen: fc.array(fc.constantFrom(...kinds), { minLength: 2, maxLength: 5 }),
    roles: fc.array(
      fc.constantFrom(null, null, "sync" as const, "write-only" as const, "standalone" as const),
      {
        minLength: 20,
        maxLength: 20,
      },
    ),
    twice: fc.array(fc.constantFrom(link("s1 -> s2"), link("s1 -> s2", "write-only"), link("s2 -> s1"))),
    trusts: fc.option(fc.array(fc.constantFrom({ server: "s1", peer: "s2" }, { server: "s2", peer: "s1" }))),
  })
  .map(({ chosen, roles, twice, trusts }): TopologyInput => {
    const { servers, links: first = [] } = smallCluster(chosen, roles);
    return { servers, links: [...first, ...twice], ...(trusts && { trusts }) };
  });

describe("a comparison", () => {
  test("[U] is empty for a topology and itself", () => {
    fc.assert(
      fc.property(cluster, (topology) => expect(compareTopologies(topology, topology)).toEqual(nothing)),
    );
  });

  test("[U] swaps added and removed, and the two values of each change, in the other direction", () => {
    fc.assert(
      fc.property(cluster, cluster, (left, right) => {
        const there = compareTopologies(left, right);
        const back = compareTopologies(right, left);
        const swap = <Item extends { before: unknown; after: unknown }>({
          before,
          after,
          ...rest
        }: Item) => ({
          ...rest,
          before: after,
          after: before,
        });
        expect(back).toEqual({
          servers: {
            added: there.servers.removed,
            removed: there.servers.added,
            changed: there.servers.changed.map(({ name, attributes }) => ({
              name,
              attributes: attributes.map(swap),
            })),
          },
          links: {
            added: there.links.removed,
            removed: there.links.added,
            changed: there.links.changed.map(swap),
          },
          trusts: { added: there.trusts.removed, removed: there.trusts.added },
        });
      }),
    );
  });
});
