import fc from "fast-check";
import type { TopologyInput } from "../../provider/schema/topology";
import {
  completeTopology,
  reportFindings,
  renderTopology,
  rules,
  validateTopology,
} from "../../provider/topology";
import { dns, reversed, web } from "./builders";
import { kinds, smallCluster } from "./small-clusters";

const size = 6;

const cluster = fc
  .record({
    chosen: fc.array(fc.constantFrom(...kinds), { minLength: size, maxLength: size }),
    roles: fc.array(
      fc.constantFrom(null, null, null, "sync" as const, "write-only" as const, "standalone" as const),
      {
        minLength: size * (size - 1),
        maxLength: size * (size - 1),
      },
    ),
  })
  .map(({ chosen, roles }) => smallCluster(chosen, roles));

/** Anything at all that the types allow, however broken. */
const broken: fc.Arbitrary<TopologyInput> = fc.record(
  {
    servers: fc.dictionary(
      fc.constantFrom("a", "b", "c", "constructor"),
      fc.record(
        {
          type: fc.constantFrom("cpanel" as const, "dnsonly" as const),
          address: fc.constantFrom("192.0.2.1", "::1"),
        },
        { requiredKeys: ["type"] },
      ),
    ),
    links: fc.array(
      fc.record({
        from: fc.constantFrom("a", "b", "c", "x"),
        to: fc.constantFrom("a", "b", "c", "constructor"),
        role: fc.constantFrom("sync" as const, "write-only" as const, "standalone" as const),
      }),
    ),
    trusts: fc.array(
      fc.record({ server: fc.constantFrom("a", "b", "x"), peer: fc.constantFrom("a", "b", "toString") }),
    ),
    trustedAddresses: fc.dictionary(
      fc.constantFrom("a", "x"),
      fc.array(fc.constantFrom("192.0.2.1", "::1", "nonsense")),
    ),
    apiTokens: fc.array(
      fc.record(
        {
          server: fc.constantFrom("a", "x"),
          users: fc.array(fc.constantFrom("a", "b", "y")),
          acls: fc.array(fc.constantFrom("all", "clustering")),
        },
        { requiredKeys: ["server"] },
      ),
    ),
  },
  { requiredKeys: ["servers"] },
);

function renamed(topology: TopologyInput): TopologyInput {
  return JSON.parse(
    JSON.stringify(topology).replace(/"s(\d)"/g, (_, digit: string) => `"t${9 - Number(digit)}"`),
  ) as TopologyInput;
}

function verdict(topology: TopologyInput): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { rule } of validateTopology(topology)) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}

describe("for any cluster", () => {
  test("[U] findings do not depend on the order of keys and lists", () => {
    fc.assert(
      fc.property(cluster, (topology) => {
        expect(validateTopology(reversed(topology))).toEqual(validateTopology(topology));
      }),
    );
  });

  test("[U] findings do not depend on names", () => {
    // Which of several shortest circles is shown may depend on names, how many there are may not.
    fc.assert(
      fc.property(cluster, (topology) => {
        expect(verdict(renamed(topology))).toEqual(verdict(topology));
      }),
    );
  });

  test("[U] a reported circle is a circle of feeding links", () => {
    fc.assert(
      fc.property(cluster, (topology) => {
        const circles = validateTopology(topology).filter(({ rule }) => rule === "feeding-cycle");
        for (const { servers } of circles) {
          const steps = servers.map((from, index) => ({ from, to: servers[(index + 1) % servers.length] }));
          for (const { from, to } of steps) {
            const links = (topology.links ?? []).filter((link) => link.from === from && link.to === to);
            expect(links.some(({ role }) => role !== "standalone")).toBe(true);
          }
        }
      }),
    );
  });

  test("[U] an unfed server adds findings about itself and about servers that miss it, and no others", () => {
    const own = new Set([
      "nameserver-fed",
      "nameserver-coverage",
      "web-server-fed",
      "cpanel-present",
      "two-servers",
      "unlinked-server",
    ]);
    fc.assert(
      fc.property(cluster, (topology) => {
        const rest = (one: TopologyInput): unknown =>
          validateTopology(one).filter(({ rule }) => !own.has(rule));
        const more = { ...topology, servers: { ...topology.servers, extra: dns(99), extraWeb: web(98) } };
        const before = validateTopology(topology).some(({ rule }) => rule === "multiple-intermediaries-size");
        if (!before) expect(rest(more)).toEqual(rest(topology));
      }),
    );
  });

  test("[U] derived values satisfy the rules", () => {
    const asked = new Set(["reverse-trust", "trusted-ip", "missing-token", "token-acl", "token-scope"]);
    fc.assert(
      fc.property(cluster, (topology) => {
        expect(validateTopology(completeTopology(topology)).filter(({ rule }) => asked.has(rule))).toEqual(
          [],
        );
      }),
    );
  });

  test("[U] findings are sorted by the rule table", () => {
    const place = new Map(rules.map(({ id }, index) => [id as string, index]));
    fc.assert(
      fc.property(cluster, (topology) => {
        const places = validateTopology(topology).map(({ rule }) => place.get(rule) ?? -1);
        expect(places).toEqual([...places].sort((left, right) => left - right));
      }),
    );
  });
});

describe("for any broken topology", () => {
  test("[U] no rule, drawing or report fails", () => {
    fc.assert(
      fc.property(broken, (topology) => {
        const findings = validateTopology(topology);
        expect(validateTopology(reversed(topology))).toEqual(findings);
        expect(reportFindings(findings, "Rejected:", topology)).toContain("Rejected:");
        for (const format of ["text", "mermaid", "dot"] as const)
          expect(renderTopology(topology, format)).not.toBe("");
      }),
    );
  });
});
