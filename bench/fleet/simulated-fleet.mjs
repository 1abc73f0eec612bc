import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../../script/shared/paths.mjs";

/** Simulated servers of many clusters, in a process of their own. */
export class SimulatedFleet {
  /** @param {{ clusters: number, webServers: number, nameservers: number }} size the servers are those of each cluster */
  static async start(folder, { clusters, webServers, nameservers }) {
    const names = Array.from({ length: clusters }, (_, at) => [
      ...namesOf("web", at + 1, webServers).map((name) => [name, { type: "cpanel" }]),
      ...namesOf("ns", at + 1, nameservers).map((name) => [name, { type: "dnsonly" }]),
    ]);
    const topology = join(folder, "topology.json");
    writeFileSync(topology, JSON.stringify({ servers: Object.fromEntries(names.flat()), links: [] }));
    const written = join(folder, "servers.json");
    const program = join(root, "dist", "cli", "main.js");
    const words = [program, "simulate", "--topology", topology, "--out", written];
    const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
    // It says a line when its servers are there, and nothing when they are not.
    await Promise.race([once(createInterface({ input: child.stdout }), "line"), once(child, "exit")]);
    return new SimulatedFleet(child, JSON.parse(readFileSync(written, "utf8")));
  }

  constructor(child, servers) {
    this.child = child;
    this.servers = servers;
  }

  /** The servers of some clusters, which are counted from 1. */
  serversOf(clusters) {
    const isWanted = ([name]) => clusters.includes(Number(name.split("-")[1]));
    return Object.fromEntries(Object.entries(this.servers).filter(isWanted));
  }

  async stop() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGINT");
    await ended;
  }
}

function namesOf(kind, cluster, count) {
  return Array.from({ length: count }, (_, at) => `${kind}-${cluster}-${at + 1}`);
}

/** A program with a cluster for each group of the servers in `servers.json` beside it, and one provider for all. */
export const fleetProgram = `
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
