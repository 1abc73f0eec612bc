import type { TopologyInput } from "../../../provider/schema/topology";
import { declaredInStack } from "../../../provider/cli/audit/declared";
import { startSimulator, type Simulator } from "../../../provider/simulator";
import { ServerRegistry } from "../../../provider/servers";
import { auditSurvey, declarationOf, surveyServers, type Difference } from "../../../provider/survey";
import { everyFile, renew } from "../../helpers/managed-servers";
import { ProviderProcess } from "../../helpers/provider-process";
import { memberFile } from "../../helpers/server-files";
import { SmallEngine } from "../../helpers/small-engine";
import { link } from "../../topology/builders";

// A cluster that the lifecycles have made, for each test as it was made.

export const [web1, ns1, ns2] = ["192.0.2.10", "203.0.113.11", "192.0.2.12"];

export let simulator: Simulator;
let provider: ProviderProcess;
let asMade: SmallEngine;
let made: Record<string, Record<string, string>>;
export let engine: SmallEngine;

/** ns1 is behind NAT, and ns2 holds an entry for web1. */
export const topology: TopologyInput = {
  servers: {
    web1: {
      type: "cpanel",
      address: web1,
      hostname: "web1.example.com",
      version: "11.136",
      dnsServer: "bind",
    },
    ns1: { type: "dnsonly", address: "192.0.2.11", publicAddress: ns1, hostname: "ns1.example.com" },
    ns2: { type: "cpanel", nameserver: true, address: ns2, hostname: "ns2.example.com" },
  },
  links: [link("web1 -> ns1"), link("web1 -> ns2")],
  apiTokens: [
    { server: "ns1", users: ["web1"], whitelistIps: [web1] },
    { server: "ns2", users: ["web1"], whitelistIps: [web1] },
    { server: "web1", users: ["ns2"], whitelistIps: [ns2] },
  ],
};

beforeAll(async () => {
  simulator = await startSimulator({ servers: topology.servers });
  provider = await ProviderProcess.start({ "whm:servers": JSON.stringify(simulator.servers) });
  asMade = await SmallEngine.declaring(provider, topology, simulator.servers);
  await asMade.up();
  made = everyFile(simulator);
}, 60_000);
beforeEach(() => (engine = asMade.copy()));
afterEach(() => renew(simulator, made));
afterAll(async () => {
  await provider.stop();
  await simulator.stop();
});

/** Audits what the stack has made, or what a topology declares. */
export async function audit(declared?: TopologyInput): Promise<readonly Difference[]> {
  const registry = new ServerRegistry(simulator.servers);
  try {
    const survey = await surveyServers(registry, registry.names(), { atOnce: 3 });
    const tokens = declared ? undefined : declaredInStack("dev", asMade.resources()).tokens;
    const declaration = declarationOf([declared ?? topology], simulator.servers, tokens);
    const { elements } = auditSurvey(declaration, survey, Math.floor(Date.now() / 1000));
    return elements.flatMap(({ differences }) => differences);
  } finally {
    await registry.close();
  }
}

export const files = (server: string) => simulator.files(server);
export const roleOf = (address: string) => `${memberFile(address)}-dnsrole`;
export const edit = (server: string, path: string, from: string | RegExp, to: string) =>
  files(server).write(path, files(server).read(path)!.replace(from, to), 0o600);
export const removeEntry = (server: string, address: string) =>
  [memberFile(address), roleOf(address)].forEach((path) => files(server).remove(path));
export const flag = "/var/cpanel/useclusteringdns";
