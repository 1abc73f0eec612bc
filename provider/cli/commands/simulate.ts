import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { startFromTopology, type Simulator } from "../../simulator";
import { exitCodes, type ExitCode } from "../exit-codes";
import { UsageError } from "../usage-error";
import { readTopologyFile } from "../read-topology-file";
import { printable, printJson, printLines, type Streams } from "../streams";
import { fileProblem } from "../file-problem";

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
    else await writePrivately(out, `${JSON.stringify(simulator.servers, undefined, 2)}\n`);
    // If the data goes to standard output, nothing else may.
    printLines(out === undefined ? streams.errors : streams.output, ...started(simulator, out));
    await stopped;
  } finally {
    await simulator.stop();
  }
  return exitCodes.accepted;
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

/**
 * Writes a file in one step that only its owner can read: whoever waits for it finds all of it. Anything but a plain
 * file, such as a pipe, is written to directly.
 *
 * @throws UsageError when it can't be written
 */
async function writePrivately(path: string, text: string): Promise<void> {
  try {
    const target = await realpath(path).catch(() => path);
    const found = await stat(target).catch(() => undefined);
    if (found && !found.isFile()) await writeFile(target, text);
    else await replace(target, text);
  } catch (error) {
    throw fileProblem("write", path, error);
  }
}

async function replace(target: string, text: string): Promise<void> {
  const fresh = join(dirname(target), `.${basename(target)}.${process.pid}`);
  try {
    await writeFile(fresh, text, { mode: 0o600, flag: "wx" });
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
