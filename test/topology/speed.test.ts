import type { TopologyInput } from "../../provider/schema/topology";
import { validateDeclared, validateTopology } from "../../provider/topology";
import * as fleets from "./fleets";

const shapes: [string, (size: number) => TopologyInput][] = [
  ["direct links", fleets.linkedDirectly],
  ["write-only links that compete", (size) => fleets.linkedDirectly(size, "write-only")],
  ["everything given, nothing derived", fleets.writtenOut],
  ["a primary nameserver beside direct links", fleets.besidePrimary],
  ["links at random, full of circles", fleets.tangle],
  ["a chain", fleets.chain],
];

function milliseconds(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** The best of several runs: other work on the machine makes a run slower, never faster. */
function best(work: () => unknown): number {
  return Math.min(...Array.from({ length: 5 }, () => milliseconds(work)));
}

describe("1,000 servers and 10,000 links", () => {
  /** Measured at a fifth of it and less; a busy machine must not fail the suite, a quadratic rule must. */
  const bound = 3_000;

  test.each(shapes)("[U] are judged in no time: %s", (_name, shape) => {
    const topology = shape(1_000);
    expect(milliseconds(() => validateTopology(topology))).toBeLessThan(bound);
  });

  test("[U] are judged in no time when they are declared twice over", () => {
    const topology = fleets.linkedDirectly(1_000);
    expect(milliseconds(() => validateDeclared([topology], topology))).toBeLessThan(bound);
  });

  test("[U] are judged in no time when each web server and nameserver is a finding", () => {
    const topology = fleets.behindPrimary(1_000);
    expect(milliseconds(() => validateTopology(topology))).toBeLessThan(2 * bound);
  });
});

describe("four times as many servers and links", () => {
  // Four times the time when it grows with servers + links, sixteen times when some rule is quadratic.
  const most = 10;

  test.each(shapes)("[U] take about four times as long: %s", (_name, shape) => {
    const [small, large] = [shape(300), shape(1_200)];
    const before = best(() => validateTopology(small));
    expect(best(() => validateTopology(large)) / before).toBeLessThan(most);
  });

  test("[U] take about four times as long when they are many clusters", () => {
    const [small, large] = [fleets.manyClusters(300), fleets.manyClusters(1_200)];
    const before = best(() => validateDeclared([], small));
    expect(best(() => validateDeclared([], large)) / before).toBeLessThan(most);
  });
});
