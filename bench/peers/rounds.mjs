// Runs in a world of its own: every tool on servers of its own, round after round, one after the other.
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { operations } from "./operations.mjs";
import { openSite } from "./site.mjs";
import { tools } from "./tools/tools.mjs";

/**
 * @typedef {{ servers: number[], rounds: number, peers: Record<string, { program?: string }>, only?: string[], results: string }}
 *   Plan `only`: the operations that are measured, by default all
 */

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const folder = mkdtempSync("/run/pulumi-whm-bench-");
const samples = [];
try {
  for (const servers of plan.servers) await measureSize(servers);
  writeFileSync(plan.results, JSON.stringify(samples));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit();

/** The tools take turns, so that what else happens on the machine meets all of them. */
async function measureSize(servers) {
  const site = await openSite(servers);
  try {
    for (let round = 1; round <= plan.rounds; round += 1) {
      for (const [name, settings] of Object.entries(plan.peers)) {
        console.log(`${servers} servers, round ${round}, ${name} (load ${loadavg()[0].toFixed(1)})`);
        await measureTool(site, { servers, round, tool: name, settings });
      }
    }
  } finally {
    await site.stop();
  }
}

async function measureTool(site, { servers, round, tool, settings }) {
  const place = join(folder, `${servers}-${round}-${tool}`);
  mkdirSync(place);
  const actions = await tools[tool].prepare(site, place, settings);
  const [changed] = site.pairs[0];
  const isAsked = (name) => actions[name] && (plan.only?.includes(name) ?? true);
  for (const operation of operations.filter(isAsked)) {
    const before = site.counts();
    const measured = await actions[operation](changed);
    demand(site, tool, operation, changed);
    const after = site.counts();
    const counted = Object.fromEntries(Object.keys(after).map((key) => [key, after[key] - before[key]]));
    const sample = { servers, tool, operation, ...measured, ...counted, stateBytes: actions.stateBytes() };
    samples.push(sample);
    console.log(
      `  ${operation.padEnd(8)} ${measured.seconds.toFixed(1)} s, ${counted.handshakes} handshakes`,
    );
  }
  await actions.clear?.();
  rmSync(place, { recursive: true });
}

/** A tool that has not done its work has no time. */
function demand(site, tool, operation, changed) {
  if (tools[tool].touchesServers === false) return;
  const expected = operation !== "destroy";
  const problems = site.problems({ expected, changed: operation === "change" ? changed : undefined });
  if (problems.length > 0) throw new Error(`${tool}, ${operation}:\n${problems.slice(0, 5).join("\n")}`);
}
