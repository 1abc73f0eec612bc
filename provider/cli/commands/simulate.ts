import { stringify } from "yaml";
import { schemaComment } from "../../files/schema-comment";
import { startFromTopology, type Simulator } from "../../simulator";
import { exitCodes, type ExitCode } from "../exit-codes";
import { UsageError } from "../usage-error";
import { readTopologyFile } from "../read-topology-file";
import { printable, printJson, printLines, type Streams } from "../streams";
import { writePrivately } from "../write-privately";

/** Options of `whm-dns simulate`. */
export interface SimulateOptions {
  /** Path of a topology file. One server is started for each server in it. */
  readonly topology?: string;
  /** Path of the file to write; standard output if absent. */
  readonly out?: string;
}

/**
 * Starts simulated servers and runs until it is told to stop. The connection data contains keys and tokens: it goes to
 * a file that nobody else can read, or to standard output if no file is named. The messages about started servers never
 * show them.
 */
export async function simulate(
  { topology, out }: SimulateOptions,
  streams: Streams,
  stopped: Promise<void>,
): Promise<ExitCode> {
  const simulator = await start(await serversToStart(topology, streams));
  try {
    if (out === undefined) printJson(streams.output, simulator.servers);
    else await writePrivately(out, serversFile(out, simulator.servers));
    // If the data goes to standard output, nothing else may.
    printLines(out === undefined ? streams.errors : streams.output, ...started(simulator, out));
    await stopped;
  } finally {
    await simulator.stop();
  }
  return exitCodes.accepted;
}

/** Returns the text of the file: YAML or JSON, by its name. */
function serversFile(name: string, servers: Simulator["servers"]): string {
  if (!/\.ya?ml$/.test(name)) return `${JSON.stringify(servers, undefined, 2)}\n`;
  return `${schemaComment("servers")}${stringify(servers)}`;
}

type ServersToStart = Parameters<typeof startFromTopology>[0];

const smallCluster: ServersToStart = {
  web1: { type: "cpanel" },
  ns1: { type: "dnsonly" },
  ns2: { type: "dnsonly" },
};

async function serversToStart(file: string | undefined, streams: Streams): Promise<ServersToStart> {
  return file === undefined ? smallCluster : (await readTopologyFile(file, streams)).topology.servers;
}

async function start(servers: ServersToStart): Promise<Simulator> {
  try {
    return await startFromTopology(servers);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== "listen") throw error;
    throw new UsageError(`Failed to open a port on 127.0.0.1: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

function started({ servers }: Simulator, out: string | undefined): string[] {
  const lines = Object.entries(servers).map(
    ([name, { type, address, connection, api }]) =>
      `${name}: ${type}, ${address}, SSH on 127.0.0.1:${connection?.port}, API on 127.0.0.1:${api?.port}`,
  );
  const written = out === undefined ? [] : [`How to reach them is in ${out}, the value for whm:servers.`];
  return [...lines, ...written, "Ctrl-C stops them."].map(printable);
}
