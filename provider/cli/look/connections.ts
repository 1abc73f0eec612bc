import { parse } from "../../schema/parse";
import { servers as schema, type Servers } from "../../schema/server";
import { asUsageErrors } from "../as-usage-errors";
import { nameOf, readText } from "../read-text";
import { readYaml } from "../read-yaml";
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
 * @throws UsageError when no source is given, or it can't be read or is malformed
 */
export async function readConnections(
  { connections, stack, cwd }: ConnectionsSource,
  { input }: Pick<Streams, "input">,
): Promise<Servers> {
  if (connections !== undefined) return parsed(await readFile(connections, input), nameOf(connections));
  if (stack !== undefined)
    return parsed(await serversOfStack(stack, cwd), `The servers of the stack ${stack}`);
  throw new UsageError(
    "Say how to reach the servers: --connections FILE, such as `whm-dns simulate --out` writes, or --stack NAME in a program's folder.",
  );
}

async function readFile(file: string, input: Streams["input"]): Promise<unknown> {
  const value = readYaml(await readText(file, input), nameOf(file));
  if (value === null || value === undefined)
    throw new UsageError(`${nameOf(file)} is empty; it names servers and how to reach them.`);
  return value;
}

function parsed(value: unknown, subject: string): Servers {
  return withoutLeave(asUsageErrors(() => parse(schema, value, subject)));
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
