import fc from "fast-check";
import type { TopologyInput } from "../../../provider/schema/topology";
import { DeclaredClusters, validateDeclared, type Finding } from "../../../provider/topology";

const name = fc.constantFrom("a", "b", "c", "d", "e");

/** One name has one address: servers that are called anew because of the added one would have their findings again. */
const addresses: Record<string, string> = {
  a: "192.0.2.1",
  b: "192.0.2.2",
  c: "192.0.2.1",
  d: "2001:db8::1",
  e: "2001:DB8:0::1",
};

const server = fc.record(
  {
    type: fc.constantFrom("cpanel" as const, "dnsonly" as const),
    hasAddress: fc.boolean(),
    publicAddress: fc.constantFrom("203.0.113.1", "192.0.2.2"),
    hostname: fc.constantFrom("one.example.com", "ONE.example.com", "two.example.com"),
  },
  { requiredKeys: ["type", "hasAddress"] },
);

/** Few names and addresses, so that clusters often share a server under one name or two. */
const topology: fc.Arbitrary<TopologyInput> = fc
  .record({
    servers: fc.dictionary(name, server, { maxKeys: 3 }),
    links: fc.array(
      fc.record({ from: name, to: name, role: fc.constantFrom("sync" as const, "standalone" as const) }),
      { maxLength: 3 },
    ),
    trusts: fc.option(fc.array(fc.record({ server: name, peer: name }), { maxLength: 2 }), {
      nil: undefined,
    }),
  })
  .map(({ servers, links, trusts }) => ({
    servers: Object.fromEntries(
      Object.entries(servers).map(([key, { hasAddress, ...fields }]) => [
        key,
        { ...fields, ...(hasAddress && { address: addresses[key]! }) },
      ]),
    ),
    links,
    ...(trusts && { trusts }),
  }));

/** Without its message: the one about a server that nobody declared lists all that are. */
const keyOf = ({ rule, severity, servers, link }: Finding): string =>
  JSON.stringify([rule, severity, servers, link]);

test("[U] a cluster adds the difference between the findings with it and those without it", () => {
  fc.assert(
    fc.property(
      topology,
      fc.array(topology, { maxLength: 4 }),
      fc.array(topology, { maxLength: 2 }),
      (added, clusters, links) => {
        const before = new Set(validateDeclared(clusters, ...links).map(keyOf));
        const isNew = (key: string): boolean => !before.has(key);
        const after = validateDeclared([...clusters, added], ...links).map(keyOf);
        const declared = new DeclaredClusters();
        for (const cluster of clusters) declared.add(cluster, []);
        const found = declared.add(added, links).map(keyOf);
        expect(found.filter(isNew)).toEqual(after.filter(isNew));
      },
    ),
    { numRuns: 500 },
  );
});

test("[U] a cluster that only links declared one by one connect is connected too", () => {
  const link = (from: string, to: string) => ({ from, to, role: "sync" as const });
  const server = (type: "cpanel" | "dnsonly", last: number) => ({ type, address: `192.0.2.${last}` });
  const [web1, ns1, web2, ns2] = [
    server("cpanel", 10),
    server("dnsonly", 11),
    server("cpanel", 20),
    server("dnsonly", 21),
  ];
  const one: TopologyInput = { servers: { web1, ns1 }, links: [link("web1", "ns1")] };
  const two: TopologyInput = { servers: { web2, ns2 }, links: [link("web2", "ns2")] };
  const between: TopologyInput = { servers: { web1, ns2 }, links: [link("web1", "ns2")] };
  const declared = new DeclaredClusters();
  for (const cluster of [one, two]) declared.add(cluster, []);
  expect(declared.connectedWith(one, [])).toEqual([]);
  expect(declared.connectedWith(one, [between])).toEqual([two]);
});
