import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { TopologyInput } from "../../provider";
import { startFromTopology, type Simulator } from "../../provider/simulator";
import { memberFile } from "../helpers/server-files";
import { gitopsFolder } from "./files";
import { Forge } from "./forge";
import { MadeRepository, passphrase } from "./made-repository";

/** The role of web1's link to ns1. */
export const roleFile = `${memberFile("192.0.2.53")}-dnsrole`;

/** What a pipeline needs around it. */
export interface Testbed {
  readonly simulator: Simulator;
  readonly repository: MadeRepository;
  readonly forge: Forge;
  /** The key of the servers, as it lies among the secrets of a pipeline. */
  readonly key: string;
}

/** The servers of gitops/repository and a new one, a repository, and a place for comments; all for one file of tests. */
export function testbedFor(forgeToken: string): Testbed {
  const testbed = {} as { -readonly [Part in keyof Testbed]: Testbed[Part] };
  beforeAll(async () => {
    testbed.simulator = await startFromTopology({
      ...declaredServers(),
      ns3: { type: "dnsonly", address: "192.0.2.55", hostname: "ns3.example.com" },
    });
    testbed.key = testbed.simulator.servers["web1"]!.connection!.privateKey as string;
    testbed.repository = await MadeRepository.create(testbed.simulator);
    testbed.forge = new Forge(forgeToken);
    await testbed.forge.start();
  }, 60_000);
  afterAll(async () => {
    await testbed.forge?.stop();
    await testbed.repository?.remove();
    await testbed.simulator?.stop();
  });
  return testbed;
}

/** Whatever must never be read by anybody who looks at a pipeline. */
export function secretsOf({ key, simulator, forge }: Testbed): string[] {
  const member = simulator.files("web1").read(memberFile("192.0.2.53")) ?? "";
  const [, token] = /^pass=(.+)$/m.exec(member) ?? [];
  const lines = key.split("\n").filter((line) => line !== "" && !line.startsWith("-----"));
  return [passphrase, forge.token, ...lines, ...(token === undefined ? [] : [token])];
}

/** Which of them stand in what is shown. */
export function shownSecrets(testbed: Testbed, ...texts: readonly string[]): string[] {
  return secretsOf(testbed).filter((secret) => texts.some((text) => text.includes(secret)));
}

/** A new nameserver, linked to the web server. */
export function withNs3(cluster: string): string {
  return `${cluster.replace("links:", "  ns3: { type: dnsonly, address: 192.0.2.55, hostname: ns3.example.com }\nlinks:")}  - { from: web1, to: ns3, role: sync }\n`;
}

/** A link that the rules reject. */
export function withLinkBack(cluster: string): string {
  return `${cluster}  - { from: ns1, to: web1, role: sync }\n`;
}

/** More misspelled words than a comment has room to tell of. */
export function withMistakes(cluster: string): string {
  const servers = Array.from(
    { length: 1500 },
    (_, at) => `  more${at}: { type: cpanel, adress: 192.0.2.10 }\n`,
  );
  return cluster.replace("links:", `${servers.join("")}links:`);
}

function declaredServers(): Parameters<typeof startFromTopology>[0] {
  const text = readFileSync(join(gitopsFolder, "repository", "cluster.yaml"), "utf8");
  return (parse(text) as TopologyInput).servers;
}
