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
 * Every server that a topology names is the one that it is taken for, of the declared type and new enough, and no two of
 * them are one machine.
 *
 * @throws ServerError for one that is not
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
    // Whether a server that cannot be reached matters is judged with the links.
    if (isServerError(error, ...unfit)) throw error;
    return undefined;
  }
}

/** A connection that was copied and not changed: what is written for one server would land on the other. */
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
