// How long judging takes, for shapes of clusters and numbers of servers, with ten links a server in most of them.
import Table from "cli-table3";
import { register } from "ts-node";
import { createRequire } from "node:module";

register({ transpileOnly: true });
const require = createRequire(import.meta.url);
const { DeclaredClusters, validateDeclared, validateTopology } = require("../dist/topology/index.js");
const fleets = require("../test/topology/fleets.ts");

const sizes = [250, 500, 1_000, 2_000];

/** 1,000 servers with 10,000 links take a second at most. */
const limit = { size: 1_000, milliseconds: 1_000 };

/** An element is a server, a link or a finding. It takes the same time at every size; with a quadratic rule, twice. */
const mostGrowth = 1.5;

/** Under this, growth is noise. */
const measurable = 20;

const shapes = {
  "direct links": (size) => within(fleets.linkedDirectly(size)),
  "direct links, write-only": (size) => within(fleets.linkedDirectly(size, "write-only")),
  "direct links, all written out": (size) => within(fleets.writtenOut(size)),
  "beside a primary nameserver": (size) => within(fleets.besidePrimary(size)),
  "behind a primary nameserver": (size) => within(fleets.behindPrimary(size)),
  "one long chain": (size) => within(fleets.chain(size)),
  "links at random": (size) => within(fleets.tangle(size)),
  "many clusters, link by link": (size) => declared(fleets.manyClusters(size)),
  "many clusters, one after the other": (size) =>
    oneByOne(fleets.manyClusters(size), fleets.clustersOf(size)),
};

/** Measures everything and prints a table. Returns a line for each limit that is broken. */
export default function run() {
  const head = ["shape", "servers", "links", "findings", "median ms", "best ms", "µs an element", "growth"];
  const style = { head: [], border: [], compact: true };
  const table = new Table({ head, style });
  const broken = Object.entries(shapes).flatMap(([name, shape]) => measureShape(name, shape, table));
  console.log(table.toString());
  return broken;
}

function measureShape(name, shape, table) {
  const broken = [];
  let before;
  for (const size of sizes) {
    const measured = measure(shape(size));
    const growth = before && measured.perElement / before.perElement;
    table.push(row(name, measured, growth));
    broken.push(...brokenLimits(`${name}, ${size} servers`, size, measured, { before, growth }));
    before = measured;
  }
  return broken;
}

/** Limits are held against the best run: other work on the machine makes a run slower, never faster. */
function brokenLimits(where, size, { best }, { before, growth }) {
  const tooSlow = size === limit.size && best > limit.milliseconds;
  const tooSteep = before && before.best > measurable && growth > mostGrowth;
  return [
    ...(tooSlow ? [`${where}: ${Math.round(best)} ms, at most ${limit.milliseconds}`] : []),
    ...(tooSteep
      ? [`${where}: an element takes ${growth.toFixed(2)} times as long as at half the size`]
      : []),
  ];
}

function row(name, { topology, findings, median, best, perElement }, growth) {
  const counts = [Object.keys(topology.servers).length, topology.links.length, findings];
  const last = growth === undefined ? "" : growth.toFixed(2);
  return [name, ...counts, median.toFixed(1), best.toFixed(1), (1_000 * perElement).toFixed(1), last];
}

function measure({ topology, judge }) {
  const findings = warmUp(judge).length;
  const times = timed(judge).sort((left, right) => left - right);
  const elements = Object.keys(topology.servers).length + topology.links.length + findings;
  const [best] = times;
  return { topology, findings, median: times[times.length >> 1], best, perElement: best / elements };
}

function warmUp(judge) {
  judge();
  return judge();
}

/** Nine runs, or as many as two seconds hold, but three at least. */
function timed(judge) {
  const times = [];
  const end = performance.now() + 2_000;
  while (times.length < 3 || (times.length < 9 && performance.now() < end)) {
    const start = performance.now();
    judge();
    times.push(performance.now() - start);
  }
  return times;
}

function within(topology) {
  return { topology, judge: () => validateTopology(topology) };
}

function declared(topology) {
  return { topology, judge: () => validateDeclared([], topology) };
}

/** As a program declares clusters: each is judged when it is made. */
function oneByOne(topology, clusters) {
  const judge = () => {
    const declared = new DeclaredClusters();
    return clusters.flatMap((cluster) => declared.add(cluster, []));
  };
  return { topology, judge };
}
