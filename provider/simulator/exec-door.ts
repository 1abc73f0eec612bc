import type { ServerChannel } from "ssh2";
import { readCaptured } from "./exec/captured";
import { change } from "./exec/change";
import { cpanel } from "./exec/cpanel";
import { date } from "./exec/date";
import { dnscluster } from "./exec/dnscluster";
import type { ExecResult, PreparedCommand, Program } from "./exec/program";
import { readPipeline } from "./exec/pipeline";
import { doNothing } from "./exec/true";
import { whmapi1 } from "./exec/whmapi1";
import type { FaultSet } from "./faults";
import type { Network } from "./network";
import { pause } from "./pause";
import type { SimulatedServer } from "./simulated-server";
import { NotSimpleError } from "./words";

const programs: readonly Program[] = [whmapi1, dnscluster, cpanel, date, doNothing, change];

/** Where a command runs, and how to drop its connection. */
export interface ExecSurroundings {
  readonly server: SimulatedServer;
  readonly network: Network;
  readonly drop: () => void;
}

/** Runs one command line on an accepted channel. */
export async function serveExec(
  line: string,
  channel: ServerChannel,
  surroundings: ExecSurroundings,
): Promise<void> {
  const { server, network, drop } = surroundings;
  channel.on("error", () => undefined);
  const command = prepare(server, line);
  server.record("exec", command.entry);
  const faults = server.faults.inject("exec", command.entry.operation);
  if (faults.delay > 0) await pause(faults.delay);
  if (faults.has("silent")) return;
  if (faults.has("reset")) return drop();
  const result = command.run({ server, network, effect: faults.effect });
  if (faults.has("reset-after")) return drop();
  finish(channel, result, faults);
}

function prepare(server: SimulatedServer, line: string): PreparedCommand {
  try {
    const { words: all, finish } = readCaptured(line) ?? readPipeline(line);
    const [path = "", ...words] = all;
    const program = programs.find(({ paths }) => paths.includes(path));
    const { entry, run } =
      program?.prepare(server, words) ?? broken(programName(path), 127, `bash: ${path}: command not found\n`);
    return { entry, run: (surroundings) => finish(run(surroundings)) };
  } catch (error) {
    if (error instanceof NotSimpleError) return broken("shell", 2, `bash: ${error.message}\n`);
    throw error;
  }
}

/** Returns a program's name for the journal. Any other word may be a secret and stays out. */
function programName(path: string): string {
  return /(?:^|\/)([a-z][a-z0-9._-]{0,30})$/.exec(path)?.[1] ?? "unknown";
}

function broken(operation: string, exitCode: number, stderr: string): PreparedCommand {
  return { entry: { operation, target: "", write: false }, run: () => ({ exitCode, stdout: "", stderr }) };
}

function finish(channel: ServerChannel, { stdout, stderr, exitCode }: ExecResult, faults: FaultSet): void {
  const text = faults.has("truncated") ? stdout.slice(0, Math.ceil(stdout.length / 2)) : stdout;
  if (stderr !== "") channel.stderr.write(stderr);
  channel.write(text);
  channel.exit(exitCode);
  channel.end();
}
