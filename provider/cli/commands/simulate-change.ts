import { exitCodes, type ExitCode } from "../exit-codes";
import { readConnections } from "../look/connections";
import { printable, printLines } from "../streams";
import type { Surroundings } from "../surroundings";
import { UsageError } from "../usage-error";
import { isServerError, ServerRegistry } from "../../servers";
import type { Servers } from "../../schema/server";

/** A change that somebody makes by hand. */
export interface Change {
  /** `role` gives a member another role; `untrust` deletes an address from the trusted ones. */
  readonly what: "role" | "untrust";
  /** Name of the server that is changed. */
  readonly server: string;
  /** Name of the other server. */
  readonly other: string;
  /** The new role, for `role`. */
  readonly role?: string | undefined;
}

/** Changes a running simulated server, to try what a refresh finds. */
export async function simulateChange(
  change: Change,
  connections: string,
  { streams }: Surroundings,
): Promise<ExitCode> {
  const servers = await readConnections({ connections }, streams);
  const registry = new ServerRegistry(servers);
  try {
    const words = wordsOf(change, servers);
    const { exitCode, stderr } = await registry.get(change.server).run(["simulated-change", ...words]);
    if (exitCode === 127)
      throw new UsageError(`${change.server} is no simulated server. Nothing was changed.`);
    if (exitCode !== 0) throw new UsageError(`Failed to change ${change.server}: ${printable(stderr)}`);
  } catch (error) {
    if (!isServerError(error)) throw error;
    throw new UsageError(error.message, { cause: error });
  } finally {
    await registry.close();
  }
  printLines(streams.output, printable(`${sentence(change)} See it with \`pulumi preview --refresh\`.`));
  return exitCodes.accepted;
}

function wordsOf({ what, other, role }: Change, servers: Servers): string[] {
  const address = servers[other]?.address ?? other;
  return [what, address, ...(role === undefined ? [] : [role])];
}

function sentence({ what, server, other, role }: Change): string {
  return what === "role"
    ? `${server} now stores ${other} with the role ${role}.`
    : `${server} no longer trusts the address of ${other}.`;
}
