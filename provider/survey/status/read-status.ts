import {
  countQueuedRequests,
  listZones,
  readSerial,
  soaOf,
  type AskSoa,
  type Server,
  type ServerRegistry,
} from "../../servers";
import { isNameserver } from "../../topology";
import { lookAt, type Pace } from "../at-once";
import { readReach } from "../reach";
import type { ServerSurvey } from "../server-survey";
import { surveyServers } from "../survey-servers";
import { askNameserver } from "./answers";
import type { ClusterStatus, ServerHealth, StatusServer } from "./cluster-status";

/** Which servers to read, and what of them. */
export interface StatusRequest {
  /** Names in the registry. */
  readonly names: readonly string[];
  /** Names of the zones whose serials are read. */
  readonly chosenZones: readonly string[];
  readonly pace: Pace;
  /** Whether to try who reaches whom. @default false */
  readonly triesReach?: boolean | undefined;
  /** Asks a nameserver over DNS. @default its port 53 */
  readonly ask?: AskSoa | undefined;
}

/** Reads the health of servers, one connection each, and asks the nameservers. Writes nothing. */
export async function readStatus(
  registry: ServerRegistry,
  { names, chosenZones, pace, triesReach, ask = (zone, address) => soaOf(zone, address) }: StatusRequest,
): Promise<ClusterStatus> {
  const survey = await surveyServers(registry, names, pace);
  const health = await lookAt(
    registry,
    [...survey.servers.keys()],
    (server) => readHealth(server, chosenZones),
    { ...pace, onProgress: undefined },
  );
  const servers = new Map(
    await Promise.all(
      [...health.results].map(async ([name, found]) => {
        const server = joined(survey.servers.get(name)!, found);
        return [name, { ...server, answers: await askNameserver(server, ask) }] as const;
      }),
    ),
  );
  const status: ClusterStatus = {
    servers,
    unreadable: new Map([...survey.unreadable, ...health.failures]),
    uses: survey.uses.filter(({ holder, peer }) => servers.has(holder) && servers.has(peer)),
    chosenZones,
    nameAt: (address) => registry.nameAt(address),
  };
  return triesReach ? { ...status, reach: await readReach(registry, status, pace) } : status;
}

async function readHealth(server: Server, chosenZones: readonly string[]): Promise<ServerHealth> {
  const [queue, zones, copies] = await Promise.all([
    countQueuedRequests(server),
    listZones(server),
    Promise.all(chosenZones.map(async (zone) => [zone, await readSerial(server, zone)] as const)),
  ]);
  const held = copies.flatMap(([zone, copy]) => (copy === undefined ? [] : [[zone, copy] as const]));
  return { queue, zones, copies: new Map(held) };
}

function joined(survey: ServerSurvey, health: ServerHealth): Omit<StatusServer, "answers"> {
  const { product, settings } = survey;
  return {
    ...survey,
    ...health,
    isNameserver: isNameserver({ type: product, nameserver: settings.nameserver }),
  };
}
