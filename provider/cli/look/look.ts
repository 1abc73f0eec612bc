import { ServerRegistry } from "../../servers";
import type { Servers } from "../../schema/server";
import type { Pace } from "../../survey";
import type { Surroundings } from "../surroundings";
import { UsageError } from "../usage-error";
import { readConnections, type ConnectionsSource } from "./connections";
import { withShortDials } from "./short-dials";

/** Options of every command that looks at servers. */
export interface LookOptions extends ConnectionsSource {
  /** Number of servers that are looked at at the same time. */
  readonly atOnce: number;
  /** Print data only. */
  readonly json?: boolean | undefined;
}

/** Servers that a command may look at. */
export interface Look {
  readonly connections: Servers;
  readonly registry: ServerRegistry;
  readonly pace: Pace;
}

/**
 * Opens the servers for a command and closes every session at its end. Ctrl-C ends the command.
 *
 * @throws UsageError for connections that can't be read, and when the user has stopped the command
 */
export async function withServers<Result>(
  options: LookOptions,
  surroundings: Surroundings,
  work: (look: Look) => Promise<Result>,
): Promise<Result> {
  const connections = await readConnections(options, surroundings.streams);
  return withConnections(connections, options, surroundings, work);
}

/** Opens servers that are known already, in the same way. */
export async function withConnections<Result>(
  connections: Servers,
  { atOnce }: Pick<LookOptions, "atOnce">,
  { streams, untilStopped }: Surroundings,
  work: (look: Look) => Promise<Result>,
): Promise<Result> {
  const registry = new ServerRegistry(withShortDials(connections));
  const stop = new AbortController();
  void untilStopped().then(() => stop.abort(new UsageError("Stopped. Nothing was changed on any server.")));
  const progress = progressLine(streams);
  const pace = { atOnce, onProgress: progress.show, signal: stop.signal };
  try {
    return await Promise.race([work({ connections, registry, pace }), whenAborted(stop.signal)]);
  } finally {
    progress.clear();
    await registry.close();
  }
}

/** Rejects with the signal's reason. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error));
  });
}

/** Shows progress on a terminal, in one line that is removed at the end. Shows nothing elsewhere. */
function progressLine({ errors, showsProgress }: Surroundings["streams"]): {
  show: (done: number, all: number) => void;
  clear: () => void;
} {
  if (!showsProgress) return { show: () => undefined, clear: () => undefined };
  const clear = (): void => void errors.write("\r\x1b[2K");
  return {
    show: (done, all) => {
      clear();
      errors.write(`${done} of ${all} servers read`);
    },
    clear,
  };
}
