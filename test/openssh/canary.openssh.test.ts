import { rmSync } from "node:fs";
import { soaOf } from "../../provider/servers";
import { halfMade } from "../helpers/failed-write";
import { provenCluster } from "../helpers/proven-cluster";
import { ProviderProcess } from "../helpers/provider-process";
import { Nameserver, namedProgram } from "../testbed/nameserver";
import { startTestbed, type Testbed } from "../testbed/testbed";

jest.setTimeout(120_000);
const names = ["web1", "ns1", "ns2"];

describe("a proof by zone, with BIND on the nameservers", () => {
  let testbed: Testbed;
  let provider: ProviderProcess;
  let nameservers: Nameserver[] = [];
  beforeEach(async () => {
    testbed = await startTestbed({
      servers: {
        web1: { type: "cpanel" },
        ns1: { type: "dnsonly" },
        ns2: { type: "cpanel", nameserver: true },
      },
    });
    provider = await ProviderProcess.start({ "whm:servers": JSON.stringify(testbed.servers) });
    if (namedProgram() === undefined) return;
    const places = names
      .slice(1)
      .map((name) => ({ folder: testbed.folderOf(name), address: addressOf(name) }));
    nameservers = await Promise.all(places.map((place) => Nameserver.start(place)));
  });
  afterEach(async () => {
    await Promise.all(nameservers.map((each) => each.stop()));
    await provider.stop();
    await testbed.stop();
    for (const name of names) rmSync(testbed.folderOf(name), { recursive: true });
  });

  const addressOf = (name: string): string => testbed.servers[name]!.address!;
  const zones = (): string[] =>
    names.flatMap((name) =>
      testbed
        .files(name)
        .list("/var/named")
        .filter((path) => path.endsWith(".db")),
    );
  const inputs = async () => ({
    ...(await provenCluster({ provider, simulator: testbed })),
    zone: { within: 5, under: "invalid" },
  });

  test("[I] sees the canary in the answers of each nameserver, and waits until none answers for it any more", async () => {
    if (namedProgram() === undefined) return console.warn("Skipped: BIND is not to be had here.");
    let zone = "";
    const news = await inputs();
    const poll = setInterval(
      () => void (zone ||= zones()[0]?.slice("/var/named/".length, -".db".length) ?? ""),
      5,
    );
    await provider.create("ClusterProof", news).finally(() => clearInterval(poll));
    expect(provider.printed()).not.toContain("could be proven");
    expect(zone).toMatch(/^pulumi-whm-canary-[0-9a-f]{20}\.invalid$/);
    expect(zones()).toEqual([]);
    for (const name of ["ns1", "ns2"])
      expect(await soaOf(zone, addressOf(name))).not.toHaveProperty("serial");
  });

  test("[I] fails with a nameserver that gets the zone and does not answer for it", async () => {
    if (namedProgram() === undefined) return console.warn("Skipped: BIND is not to be had here.");
    const news = await inputs();
    nameservers[1]!.stopFollowing();
    const { message } = await halfMade(provider.create("ClusterProof", news));
    expect(message).toMatch(/after 5 s ns2 holds it but refuses to answer \(REFUSED\)\./);
    expect(message).not.toContain("ns1 holds it");
    expect(zones()).toEqual([]);
  });
});
