// One run with 500 servers and 2,000 links on the simulator: it ends without error, and the provider process stays small.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { findEngine } from "../script/setup/engine/find-engine.mjs";
import { root } from "../script/shared/paths.mjs";
import { PulumiStack } from "./peers/tools/pulumi-stack.mjs";

const clusters = Array.from({ length: 20 }, (_, at) => at + 1);
const members = { cpanel: 20, dnsonly: 5 };

/** Megabytes that the provider process may take. */
const mostMemory = 1024;

/** Measures and prints. Returns a line for each limit that is broken. */
export default async function run() {
  const { folder: engine } = await findEngine();
  const folder = mkdtempSync(join(tmpdir(), "pulumi-whm-scale-"));
  const simulator = await simulate(folder);
  try {
    const { seconds, providerMb, stateBytes } = await apply(folder, engine);
    console.log(`500 servers, 2,000 links: ${seconds.toFixed(0)} s, ${stateBytes} bytes of state`);
    console.log(`The provider process took ${providerMb} MB at most.`);
    return providerMb > mostMemory
      ? [`the provider process took ${providerMb} MB, more than ${mostMemory}`]
      : [];
  } finally {
    if (simulator.exitCode === null) {
      simulator.kill("SIGINT");
      await once(simulator, "exit");
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Servers of all clusters, in a process of their own. */
async function simulate(folder) {
  const names = clusters.flatMap((cluster) =>
    Object.entries(members).flatMap(([type, count]) =>
      Array.from({ length: count }, (_, at) => [nameOf(cluster, type, at + 1), { type }]),
    ),
  );
  const topology = join(folder, "topology.json");
  writeFileSync(topology, JSON.stringify({ servers: Object.fromEntries(names), links: [] }));
  const program = join(root, "dist", "cli", "main.js");
  const words = ["simulate", "--topology", topology, "--out", join(folder, "servers.json")];
  const child = spawn(process.execPath, [program, ...words], { stdio: ["ignore", "pipe", "inherit"] });
  // It says a line when its servers are there, and nothing when they are not.
  await Promise.race([once(createInterface({ input: child.stdout }), "line"), once(child, "exit")]);
  return child;
}

function nameOf(cluster, type, at) {
  return `${type === "cpanel" ? "web" : "ns"}-${cluster}-${at}`;
}

/** The file backend writes the whole state with every step: with 12,000 steps nothing else would be measured. */
async function apply(folder, engine) {
  const environment = {
    PATH: [engine, process.env.PATH].join(delimiter),
    PULUMI_SKIP_CHECKPOINTS: "true",
    PULUMI_EXPERIMENTAL: "true",
  };
  const stack = await PulumiStack.make(folder, { program, environment });
  const measured = await stack.pulumi("up", "--yes", "--skip-preview");
  return { ...measured, stateBytes: stack.stateBytes };
}

/** A cluster for each group of servers, with one provider for all. */
const program = `
const whm = require("pulumi-whm");
const servers = require("./servers.json");
const provider = new whm.Provider("whm", { servers });
const groups = {};
for (const [name, { type, address, hostname }] of Object.entries(servers)) {
  const [kind, cluster] = name.split("-");
  groups[cluster] ??= { web: {}, ns: {} };
  groups[cluster][kind][name] = { type, address, hostname };
}
for (const [cluster, { web, ns }] of Object.entries(groups)) {
  new whm.DnsCluster("cluster-" + cluster, whm.directLinks({ webServers: web, nameservers: ns }), { provider });
}
`;
