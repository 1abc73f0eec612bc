import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Simulator } from "../../provider/simulator";
import type { Installed } from "./installed";

type Servers = Simulator["servers"];

const topology = `servers:
  web1: { type: cpanel, address: 192.0.2.10, hostname: web1.example.com }
  ns1: { type: dnsonly, address: 192.0.2.53, hostname: ns1.example.com }
links:
  - { from: web1, to: ns1, role: sync }
`;

/** Runs servers with the `whm-dns` of an installed package, as docs/getting-started.md says it. */
export async function withInstalledSimulator(
  installed: Installed,
  path: string,
  work: (servers: Servers) => Promise<void>,
): Promise<void> {
  await installed.write({ "cluster.yaml": topology });
  const command = join(installed.folder, "node_modules", ".bin", "whm-dns");
  const words = ["simulate", "--topology", "cluster.yaml", "--out", "servers.json"];
  const env = { ...process.env, PATH: path };
  const child = spawn(command, words, { cwd: installed.folder, env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  try {
    await Promise.race([once(child.stdout, "data"), ended]); // It speaks once the file is there.
    const text = await readFile(join(installed.folder, "servers.json"), "utf8");
    await work(JSON.parse(text) as Servers);
  } finally {
    child.kill("SIGINT");
    await ended;
  }
}
