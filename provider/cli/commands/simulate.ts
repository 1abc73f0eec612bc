import { chmod, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { startFromTopology, type Simulator } from "../../simulator";
import { readTopologyFile } from "../read-topology-file";
import { exitCodes, type ExitCode, type Streams } from "../streams";

interface SimulateOptions {
  topology?: string;
  out?: string;
}

/** What is simulated when no file says it: the smallest cluster with two nameservers. */
const usualServers = {
  web1: { type: "cpanel" },
  ns1: { type: "dnsonly" },
  ns2: { type: "dnsonly" },
} as const;

/**
 * Starts simulated servers on loopback and keeps them running until it is interrupted. The `servers` value with which a
 * provider reaches them goes to the file, else to standard output; it holds credentials of the simulated servers.
 */
export async function simulate(options: SimulateOptions, streams: Streams): Promise<ExitCode> {
  const { topology, out } = options;
  const servers =
    topology === undefined ? usualServers : (await readTopologyFile(topology, streams.stdin)).servers;
  const simulator = await startFromTopology(servers);
  try {
    await handOver(simulator, out, streams);
    await interruption();
  } finally {
    await simulator.stop();
  }
  return exitCodes.accepted;
}

async function handOver(simulator: Simulator, out: string | undefined, streams: Streams): Promise<void> {
  const value = `${JSON.stringify(simulator.servers, null, 2)}\n`;
  if (out === undefined) streams.out(value);
  else await writePrivately(out, value);
  for (const [name, { type, address, connection, api }] of Object.entries(simulator.servers)) {
    streams.err(
      `${name}: ${type} ${address}, SSH on 127.0.0.1:${connection?.port}, API on 127.0.0.1:${api?.port}\n`,
    );
  }
  streams.err("Running until interrupted (Ctrl-C).\n");
}

/** The mode given to a write counts for a new file only. */
async function writePrivately(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 });
  await chmod(file, 0o600);
}

function interruption(): Promise<unknown> {
  return Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
}
