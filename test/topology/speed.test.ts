import type { TopologyInput } from "../../provider/schema/topology";
import { validateDeclared, validateTopology } from "../../provider/topology";
import * as fleets from "./fleets";

const shapes: [string, (size: number) => TopologyInput][] = [
  ["direct links", fleets.linkedDirectly],
  ["write-only links that compete", (size) => fleets.linkedDirectly(size, "write-only")],
  ["everything given, nothing derived", fleets.writtenOut],
  ["a primary nameserver beside direct links", fleets.besidePrimary],
  ["a chain", fleets.chain],
];

/** Every pair of a web server and a nameserver is a finding: a quarter of a million of them. */
const talkative: typeof shapes = [
  ["all behind a primary nameserver", fleets.behindPrimary],
  ["links at random, full of circles", fleets.tangle],
];

/** Milliseconds of computing. What else the machine does takes the clock's time, and hardly any of these. */
function milliseconds(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

/** The best of several runs: disturbance makes a run slower, never faster, and takes a larger part of short ones. */
function best(work: () => unknown, window: number): number {
  const times: number[] = [];
  let spent = 0;
  while (times.length < 2 || spent < window) spent += times[times.push(milliseconds(work)) - 1]!;
  return Math.min(...times);
}

describe("1,000 servers and 10,000 links", () => {
  /** Measured at a fifth of it and less; a busy machine must not fail the suite, a quadratic rule must. */
  const bound = 3_000;

  test.each(shapes)("[U] are judged within three seconds: %s", (_name, shape) => {
    const topology = shape(1_000);
    expect(milliseconds(() => validateTopology(topology))).toBeLessThan(bound);
  });

  test("[U] are judged within three seconds if they are declared twice", () => {
    const topology = fleets.linkedDirectly(1_000);
    expect(milliseconds(() => validateDeclared([topology], topology))).toBeLessThan(bound);
  });

  test.each(talkative)(
    "[U] are judged within six seconds with a finding for each pair: %s",
    (_name, shape) => {
      const topology = shape(1_000);
      expect(milliseconds(() => validateTopology(topology))).toBeLessThan(2 * bound);
    },
    120_000,
  );
});

describe("four times as many servers and links", () => {
  // The same time for each server, link and finding; four times as much with a quadratic rule. Links at random have a
  // finding for nearly each pair of servers, so that findings have to count.
  const most = 2.5;
  type Judge = (topology: TopologyInput) => unknown[];

  /** A server, link or finding takes so long, by the best of all runs until now. */
  function timed(topology: TopologyInput, judge: Judge): () => number {
    const findings = judge(topology).length;
    const elements = Object.keys(topology.servers).length + (topology.links ?? []).length + findings;
    let least = Infinity;
    return () => (least = Math.min(least, best(() => judge(topology), 100) / elements));
  }

  /**
   * Both sizes in turn, so that what else happens on the machine meets both, and more often where it may be the reason: a
   * quadratic rule stays as slow however often it is run.
   */
  function growth(shape: (size: number) => TopologyInput, judge: Judge): number {
    const [few, many] = [timed(shape(200), judge), timed(shape(800), judge)];
    let found = Infinity;
    for (let round = 1; round === 1 || (round <= 12 && found >= most); round += 1) {
      const ofFew = few();
      found = many() / ofFew;
    }
    return found;
  }

  test.each([...shapes, ...talkative])(
    "[U] take at most 2.5 times as long for each element: %s",
    (_name, shape) => {
      expect(growth(shape, validateTopology)).toBeLessThan(most);
    },
    120_000,
  );

  test("[U] take at most 2.5 times as long for each element in many clusters", () => {
    expect(growth(fleets.manyClusters, (topology) => validateDeclared([], topology))).toBeLessThan(most);
  });
});
