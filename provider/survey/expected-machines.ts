import type { Server as ServerSettings } from "../schema/server";
import {
  anotherServer,
  isHost,
  readPublicAddress,
  registerOf,
  strangeness,
  type Server,
  type ServerError,
  type ServerRegistry,
} from "../servers";
import type { ServerSurvey } from "./server-survey";

// What is read on a wrong machine is no news of the server that is meant: it would be told as drift, with advice that
// does harm.

/** What is known of a server before it is read. */
export interface ExpectedServer extends Pick<ServerSettings, "address" | "publicAddress" | "hostname"> {
  /** Mark by which a state recognises it. */
  readonly hostMark?: string | undefined;
}

/**
 * Refuses a machine that is not the one that a state knows or, if none knows it, probably not the declared one.
 *
 * @throws ServerError `another-server`
 */
export async function refuseOtherMachine(server: Server, expected: ExpectedServer): Promise<void> {
  const found = await registerOf(server).recognise();
  const { hostMark, hostname, address, publicAddress } = expected;
  if (hostMark !== undefined) {
    if (isHost(hostMark, found)) return;
    throw anotherServer(server, "the state knows another machine under this name");
  }
  const why = strangeness(found, { type: server.settings.type, hostname, address, publicAddress });
  if (why === undefined || (await isSeenAs(expected, server, found.machine.address))) return;
  throw anotherServer(server, why, declareIt);
}

const declareIt =
  "Check where its connection leads. If it is the right machine, declare its own host name or address, or leave its host name out. Nothing was changed there.";

/** Whether a machine behind NAT is declared with the address under which others see it. */
async function isSeenAs(expected: ExpectedServer, server: Server, main = ""): Promise<boolean> {
  const { address, publicAddress } = expected;
  const outside = await readPublicAddress(server, main);
  return outside !== undefined && [address, publicAddress].includes(outside);
}

/**
 * Finds servers whose connections lead to the machine of another one. Of several names for one machine, those are right
 * that have its address; none is if no name has it.
 */
export function copiedConnections(
  found: ReadonlyMap<string, ServerSurvey>,
  registry: ServerRegistry,
): Map<string, ServerError> {
  const surveys = [...found.values()];
  const copied = surveys.flatMap((survey): [string, ServerError][] => {
    const { name, hostMark } = survey;
    const [other] = surveys.filter((each) => each.name !== name && each.hostMark === hostMark);
    if (hostMark === undefined || other === undefined || hasOwnAddress(survey)) return [];
    const why = `its connection leads to the machine that ${other.name} leads to as well`;
    return [[name, anotherServer(registry.get(name), why, correctIt)]];
  });
  return new Map(copied);
}

const correctIt =
  "Correct connection.host and connection.port of one of them, or name the server once. Nothing was changed there.";

function hasOwnAddress({ settings, machine, publicAddress }: ServerSurvey): boolean {
  return settings.address !== undefined && [machine.address, publicAddress].includes(settings.address);
}
