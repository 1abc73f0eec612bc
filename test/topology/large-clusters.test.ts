import fc from "fast-check";
import type { TopologyInput } from "../../provider/schema/topology";
import {
  completeTopology,
  isRejected,
  splitIntoClusters,
  validateDeclared,
  validateTopology,
  type Finding,
} from "../../provider/topology";
import { arbitraryCluster } from "./arbitrary-clusters";
import { reversed } from "./builders";

const cluster = arbitraryCluster();
const unrelated = arbitraryCluster("other", "10.9");

/** The same topology under names in another order. */
function renamed(topology: TopologyInput): TopologyInput {
  const text = JSON.stringify(topology);
  return JSON.parse(
    text.replace(/"s(\d+)"/g, (_, digits: string) => `"t${99 - Number(digits)}"`),
  ) as TopologyInput;
}

/** How many findings there are of each rule and severity; names aside, that is all that a renaming may not change. */
function tally(findings: Finding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { rule, severity } of findings) {
    counts[`${severity} ${rule}`] = (counts[`${severity} ${rule}`] ?? 0) + 1;
  }
  return counts;
}

function sorted(findings: Finding[]): string[] {
  return findings.map((finding) => JSON.stringify(finding)).sort();
}

const linkByLink = (topology: TopologyInput): Finding[] => validateDeclared([], topology);

function holds<Value>(values: fc.Arbitrary<Value>, check: (value: Value) => void): void {
  fc.assert(fc.property(values, check));
}

describe("the generated clusters", () => {
  const sample = fc.sample(cluster, { numRuns: 500, seed: 11 });

  test("[U] have 2 to 60 servers", () => {
    const sizes = sample.map(({ servers }) => Object.keys(servers).length);
    expect(Math.min(...sizes)).toBeLessThanOrEqual(4);
    expect(Math.max(...sizes)).toBeGreaterThanOrEqual(55);
  });

  test("[U] are accepted at least one time in three, and rejected at least one time in five", () => {
    const accepted = sample.filter((topology) => !isRejected(validateTopology(topology))).length;
    expect(accepted).toBeGreaterThan(sample.length / 3);
    expect(sample.length - accepted).toBeGreaterThan(sample.length / 5);
  });

  test("[U] break most of the rules about links", () => {
    const rules = new Set(sample.flatMap((topology) => validateTopology(topology).map(({ rule }) => rule)));
    for (const rule of [
      "sync-back",
      "feeding-cycle",
      "web-server-link",
      "nameserver-link",
      "reverse-trust",
    ]) {
      expect(rules).toContain(rule);
    }
  });
});

describe("for any cluster of up to 50 servers", () => {
  test("[U] the verdict does not depend on names", () => {
    holds(cluster, (topology) => {
      expect(tally(validateTopology(renamed(topology)))).toEqual(tally(validateTopology(topology)));
      expect(tally(linkByLink(renamed(topology)))).toEqual(tally(linkByLink(topology)));
    });
  });

  test("[U] findings do not depend on any order", () => {
    holds(cluster, (topology) => {
      expect(validateTopology(reversed(topology))).toEqual(validateTopology(topology));
      expect(linkByLink(reversed(topology))).toEqual(linkByLink(topology));
    });
  });

  test("[U] a reported circle is a circle of feeding links", () => {
    holds(cluster, (topology) => {
      const feeding = (topology.links ?? []).filter(({ role }) => role !== "standalone");
      const pairs = new Set(feeding.map(({ from, to }) => `${from} -> ${to}`));
      const circles = validateTopology(topology).filter(({ rule }) => rule === "feeding-cycle");
      for (const { servers, message } of circles) {
        const steps = servers.map((from, index) => `${from} -> ${servers[(index + 1) % servers.length]}`);
        expect(steps.filter((step) => !pairs.has(step))).toEqual([]);
        expect(message).toContain([...servers, servers[0]].join(" -> "));
      }
    });
  });

  test("[U] a separate cluster beside it does not change its findings", () => {
    holds(fc.tuple(cluster, unrelated), ([topology, other]) => {
      const both = [...sorted(validateDeclared([topology])), ...sorted(validateDeclared([other]))];
      expect(sorted(validateDeclared([topology, other]))).toEqual(both.sort());
    });
  });

  test("[U] single links of a separate accepted cluster do not change its findings", () => {
    holds(fc.tuple(cluster, unrelated), ([topology, other]) => {
      fc.pre(!isRejected(linkByLink(other)));
      const own = validateDeclared([topology], other).filter(({ servers }) => servers[0]?.startsWith("s"));
      expect(own).toEqual(validateDeclared([topology]));
    });
  });

  test("[U] single links are judged like its connected parts", () => {
    holds(cluster, (topology) => {
      const parts = splitIntoClusters(topology).flatMap((part) => validateTopology(part));
      expect(sorted(linkByLink(topology))).toEqual(sorted(parts));
    });
  });

  test("[U] a connected cluster is judged the same as single links", () => {
    holds(cluster, (topology) => {
      fc.pre(splitIntoClusters(topology).length === 1);
      expect(linkByLink(topology)).toEqual(validateDeclared([topology]));
      expect(linkByLink(topology)).toEqual(validateTopology(topology));
    });
  });

  test("[U] explicit derived values change no finding", () => {
    holds(cluster, (topology) => {
      const complete = completeTopology(topology);
      expect(validateTopology(complete)).toEqual(validateTopology(topology));
      expect(completeTopology(complete)).toEqual(complete);
    });
  });
});
