// The same clusters in one stack and in many, one after the other and side by side: time, memory and state.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { findEngine } from "../script/setup/engine/find-engine.mjs";
import { fleetProgram, SimulatedFleet } from "./fleet/simulated-fleet.mjs";
import { PulumiStack } from "./peers/tools/pulumi-stack.mjs";

/** Every cluster has 20 servers and 36 links. */
const cluster = { webServers: 18, nameservers: 2 };

/** How many clusters are spread over how many stacks, and how many of those are applied at a time. */
const plans = [
  { clusters: 5, stacks: 1, atOnce: 1 },
  { clusters: 5, stacks: 5, atOnce: 1 },
  { clusters: 5, stacks: 5, atOnce: 2 },
  { clusters: 5, stacks: 5, atOnce: 4 },
  { clusters: 10, stacks: 1, atOnce: 1 },
  { clusters: 10, stacks: 10, atOnce: 2 },
  { clusters: 50, stacks: 50, atOnce: 2 },
];

/** Measures and prints. Returns a line for each limit that is broken. */
export default async function run() {
  const { folder: engine } = await findEngine();
  const figures = [];
  for (const plan of plans) {
    figures.push(await measure(plan, engine));
    console.log(JSON.stringify(figures.at(-1)));
  }
  console.log(`\n${cpus().length} processors\n\n${tableOf(figures)}`);
  const [one, , sideBySide] = figures;
  return sideBySide.seconds < one.seconds ? [] : ["stacks side by side take as long as one large stack"];
}

async function measure(plan, engine) {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-whm-stacks-"));
  const fleet = await SimulatedFleet.start(folder, { ...cluster, clusters: plan.clusters });
  try {
    const stacks = await makeStacks(folder, fleet, plan, engine);
    const started = performance.now();
    const runs = await inPool(plan.atOnce, stacks, (stack) => stack.pulumi("up", "--yes", "--skip-preview"));
    const seconds = (performance.now() - started) / 1000;
    const preview = await stacks[0].pulumi("preview", "--expect-no-changes");
    return { ...plan, seconds, preview: preview.seconds, ...sizesOf(runs, stacks, plan) };
  } finally {
    await fleet.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makeStacks(folder, fleet, { clusters, stacks }, engine) {
  const environment = { PATH: [engine, process.env.PATH].join(delimiter) };
  const each = clusters / stacks;
  return inPool(2, [...Array(stacks).keys()], async (at) => {
    const place = join(folder, `stack-${at}`);
    mkdirSync(place);
    const mine = Array.from({ length: each }, (_, next) => at * each + next + 1);
    writeFileSync(join(place, "servers.json"), JSON.stringify(fleet.serversOf(mine)));
    return PulumiStack.make(place, { program: fleetProgram, environment });
  });
}

/** Runs at a time reach their most memory at different moments: what they take together is at most the sum. */
function sizesOf(runs, stacks, { atOnce }) {
  const memory = runs.map(({ rssMb }) => rssMb).toSorted((one, other) => other - one);
  return {
    runMb: memory[0],
    togetherMb: memory.slice(0, atOnce).reduce((sum, each) => sum + each),
    stateBytes: Math.max(...stacks.map((stack) => stack.stateBytes)),
  };
}

async function inPool(size, items, work) {
  const results = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [at, item] of waiting) results[at] = await work(item);
  };
  await Promise.all(Array.from({ length: size }, worker));
  return results;
}

const columns = {
  servers: ({ clusters }) => clusters * (cluster.webServers + cluster.nameservers),
  stacks: ({ stacks }) => stacks,
  "at a time": ({ atOnce }) => atOnce,
  "up, seconds": ({ seconds }) => seconds.toFixed(0),
  "memory of a run, MB": ({ runMb }) => runMb,
  "of all at a time, MB": ({ togetherMb }) => togetherMb,
  "state of a stack, kB": ({ stateBytes }) => (stateBytes / 1000).toFixed(0),
  "preview of a stack, seconds": ({ preview }) => preview.toFixed(1),
};

function tableOf(figures) {
  const names = Object.keys(columns);
  const lines = figures.map((figure) => names.map((name) => String(columns[name](figure))));
  return [names, names.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
