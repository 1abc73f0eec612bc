import { readServersText } from "../../files/topology-file";
import { parseServers, type Servers } from "../../schema/server";
import { asUsageErrors } from "../as-usage-errors";
import { nameOf, readText } from "../read-text";
import type { Streams } from "../streams";
import { UsageError } from "../usage-error";
import { serversOfStack } from "./stack";

/** Where the connections come from: one of the two. */
export interface ConnectionsSource {
  /** Path of a YAML or JSON file with the value of `Provider.servers`; `-` means standard input. */
  readonly connections?: string | undefined;
  /** Name of a stack. */
  readonly stack?: string | undefined;
  /** Folder of the stack's program. @default the current one */
  readonly cwd?: string | undefined;
}

/**
 * Reads how to reach the servers.
 *
 * @throws UsageError when no source is given, or it can't be read, is malformed or names no server
 */
export async function readConnections(
  { connections, stack, cwd }: ConnectionsSource,
  { input }: Pick<Streams, "input">,
): Promise<Servers> {
  if (connections !== undefined) {
    const text = await readText(connections, input);
    return readAs(nameOf(connections), () => readServersText(text, nameOf(connections)));
  }
  if (stack !== undefined) {
    const servers = await serversOfStack(stack, cwd);
    return readAs(`The stack ${stack}`, () => parseServers(servers, `The servers of the stack ${stack}`));
  }
  throw new UsageError(
    "Say how to reach the servers: --connections FILE, such as `whm-dns simulate --out` writes, or --stack NAME in a program's folder.",
  );
}

/** Reads servers. Without any, a look would find nothing and call it well. */
function readAs(source: string, read: () => Servers): Servers {
  const servers = asUsageErrors(read);
  if (Object.keys(servers).length > 0) return withoutLeave(servers);
  throw new UsageError(`${source} names no server. Add servers with their type, address and connection.`);
}

/** Takes out what allows a run of the engine to write or to pass over a server. These commands only read. */
function withoutLeave(servers: Servers): Servers {
  return Object.fromEntries(
    Object.entries(servers).map(([name, { identity: _identity, forget: _forget, ...server }]) => [
      name,
      server,
    ]),
  );
}
