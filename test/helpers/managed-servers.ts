import { startSimulator, type Simulator } from "../../provider/simulator";
import type { ServersInput } from "../../provider/schema/server";
import { ProviderProcess } from "./provider-process";

type Settings = (servers: Simulator["servers"]) => ServersInput | Promise<ServersInput>;
type Options = Parameters<typeof startSimulator>[0]["servers"];

/** Simulated servers and the provider process that manages them. */
export interface ManagedServers {
  readonly simulator: Simulator;
  readonly provider: ProviderProcess;
}

/** What a cluster of one web server and one nameserver needs; addresses are 192.0.2.10 and 192.0.2.11. */
export const webAndNameserver: Options = { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } };

/** The same with ns2, which is no DNSOnly server: the link to it needs a reverse trust, which ns2 stores. */
export const withReverseTrust: Options = { ...webAndNameserver, ns2: { type: "cpanel", nameserver: true } };

/** Servers and one process for all tests of a file: quick. Each test finds the servers as new. */
export function managedServers(options: Options = webAndNameserver): ManagedServers {
  const managed = {} as { simulator: Simulator; provider: ProviderProcess };
  let fresh: Record<string, Record<string, string>> = {};
  beforeAll(async () => {
    Object.assign(managed, await start(options));
    fresh = everyFile(managed.simulator);
  });
  afterEach(() => renew(managed.simulator, fresh));
  afterAll(() => stop(managed));
  return managed;
}

/**
 * Servers and a process for each test, for tests that break a connection or need settings of their own.
 *
 * @param settings changes what the provider is told of the servers
 */
export async function withManagedServers(
  work: (managed: ManagedServers) => Promise<void>,
  options: Options = webAndNameserver,
  settings: Settings = (servers) => servers,
): Promise<void> {
  const managed = await start(options, settings);
  try {
    await work(managed);
  } finally {
    await stop(managed);
  }
}

async function start(options: Options, settings: Settings = (servers) => servers): Promise<ManagedServers> {
  const simulator = await startSimulator({ servers: options });
  const configuration = { "whm:servers": JSON.stringify(await settings(simulator.servers)) };
  return { simulator, provider: await ProviderProcess.start(configuration) };
}

async function stop({ simulator, provider }: ManagedServers): Promise<void> {
  await provider.stop();
  await simulator.stop();
}

/** Every file of every server. */
export function everyFile(simulator: Simulator): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.keys(simulator.servers).map((name) => [name, simulator.files(name).snapshot()]),
  );
}

/** Puts every file of every server back to what it was. */
export function renew(simulator: Simulator, fresh: Record<string, Record<string, string>>): void {
  simulator.clearFaults();
  for (const [name, before] of Object.entries(fresh)) {
    const files = simulator.files(name);
    files.remove("/var/cpanel/cluster");
    files.remove("/var/cpanel/.pulumi-whm");
    for (const path of files.list("/").filter((each) => !(each in before))) files.remove(path);
    for (const [path, text] of Object.entries(before)) files.write(path, text);
  }
  simulator.clearJournal();
}
