import type { Server as ServerSettings, Servers } from "../../schema/server";
import { registerOf, ServerRegistry } from "../../servers";
import { readConnections } from "../look/connections";
import type { Surroundings } from "../surroundings";
import { UsageError } from "../usage-error";
import type { AdoptOptions } from "./adopt-options";
import { serverAt } from "./discover";
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
  const first = known[from] ? { name: from, settings: known[from] } : await identified(serverAt(from));
  const login = sameLogin ? first.settings.connection : undefined;
  return {
    connections: { ...known, [first.name]: first.settings },
    names: [first.name],
    follows: true,
    login,
  };
}

/** Asks a server for its address, by which the members of others name it. */
async function identified(given: { name: string; settings: ServerSettings }): Promise<typeof given> {
  const registry = new ServerRegistry({ [given.name]: given.settings });
  try {
    const { machine } = await registerOf(registry.get(given.name)).recognise();
    const { hostname, address } = machine;
    const facts = { ...(address !== undefined && { address }), ...(hostname !== undefined && { hostname }) };
    return { ...given, settings: { ...given.settings, ...facts } };
  } finally {
    await registry.close();
  }
}

const nothing =
  "Say where to begin: --connections FILE with the servers and how to reach them, or --from [USER@]HOST to discover them from one server.";
