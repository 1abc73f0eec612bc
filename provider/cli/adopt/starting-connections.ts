import type { Server as ServerSettings, Servers } from "../../schema/server";
import { readConnections } from "../look/connections";
import type { Surroundings } from "../surroundings";
import { UsageError } from "../usage-error";
import type { AdoptOptions } from "./adopt-options";
import { firstServer } from "./first-server";
import type { TargetStack } from "./target-stack";

/** Where a look begins. */
export interface Start {
  readonly connections: Servers;
  /** Names of the servers to look at first. */
  readonly names: readonly string[];
  /** Whether others are discovered through the members of these. */
  readonly follows: boolean;
  /** How to log in to servers that no connection leads to; undefined if the user is to say it. */
  readonly login: ServerSettings["connection"];
}

/**
 * Finds out where to begin: at all servers of the connections, or at one of them or another.
 *
 * @throws UsageError when there is nothing to begin with
 */
export async function startingConnections(
  options: AdoptOptions,
  { streams }: Surroundings,
  target: TargetStack | undefined,
): Promise<Start> {
  const { connections: file, from, sameLogin } = options;
  const stack = target?.exists ? target.given : undefined;
  const isKnown = file !== undefined || (stack !== undefined && from === undefined);
  const known = isKnown
    ? await readConnections(file === undefined ? { stack, cwd: options.out } : { connections: file }, streams)
    : {};
  if (from === undefined) {
    if (!isKnown) throw new UsageError(nothing);
    return { connections: known, names: Object.keys(known), follows: false, login: undefined };
  }
  const { name, settings } = firstServer(from, known);
  const login = sameLogin ? settings.connection : undefined;
  return { connections: { ...known, [name]: settings }, names: [name], follows: true, login };
}

const nothing =
  "Say where to begin: --connections FILE with the servers and how to reach them, or --from [USER@]HOST to discover them from one server.";
