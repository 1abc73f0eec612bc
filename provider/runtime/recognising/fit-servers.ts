import {
  anotherServer,
  hostMark,
  isServerError,
  type Recognition,
  type ServerErrorCode,
} from "../../servers";
import { configuredAmong, type Hosts } from "./gate-hosts";
import type { JudgedGate } from "../live-links/verdict";
import { refuseMisdeclared } from "./live-server";
import { recognitionOf, refuseOtherThan } from "./recognised";
import { servers } from "../engine/session";

/**
 * Refuses servers of a topology that are not the expected ones, not of the declared type or too old, and two that are
 * the same machine.
 *
 * @throws ServerError for the first such server
 */
export async function refuseUnfitServers({ gate, hosts = {} }: JudgedGate): Promise<void> {
  const names = configuredAmong(Object.keys(gate.topology.servers));
  const found = await Promise.all(names.map(async (name) => [name, await lookAt(name, hosts)] as const));
  refuseOneMachine(found);
}

const unfit: readonly ServerErrorCode[] = [
  "not-whm",
  "another-server",
  "damaged-register",
  "differs",
  "unsupported-version",
];

async function lookAt(name: string, hosts: Hosts): Promise<Recognition | undefined> {
  try {
    await refuseMisdeclared(servers().get(name));
    await refuseOtherThan(hosts[name], name);
    return await recognitionOf(name);
  } catch (error) {
    // Whether an unreachable server matters is decided with the links.
    if (isServerError(error, ...unfit)) throw error;
    return undefined;
  }
}

/** Refuses a connection that was copied and not changed: what is written for one server would land on the other. */
function refuseOneMachine(found: readonly (readonly [string, Recognition | undefined])[]): void {
  const names = new Map<string, string>();
  for (const [name, recognition] of found) {
    const mark = recognition?.machine.address === undefined ? undefined : hostMark(recognition);
    if (mark === undefined) continue;
    const other = names.get(mark);
    if (other !== undefined)
      throw anotherServer(
        servers().get(name),
        `its connection leads to the machine that ${other} leads to as well`,
      );
    names.set(mark, name);
  }
}
