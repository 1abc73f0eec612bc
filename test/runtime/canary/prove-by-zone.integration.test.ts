import { providerText } from "../../../provider/resources/dynamic";
import { everyFile, managedServers, renew, withReverseTrust } from "../../helpers/managed-servers";
import { halfMade } from "../../helpers/failed-write";
import { changes, ProviderProcess, type CreatedResource } from "../../helpers/provider-process";
import { provenCluster } from "../../helpers/proven-cluster";
import { drawnTests } from "../../helpers/sample";
import { sampledSteps } from "../../helpers/sampled-steps";
import { memberFile, writes } from "../../helpers/server-files";
import { zoneFile } from "../../helpers/zones";

/** At addresses where a closed port is told at once: nobody answers over DNS here. */
const managed = managedServers({
  web1: { ...withReverseTrust["web1"]!, address: "127.77.0.10" },
  ns1: { ...withReverseTrust["ns1"]!, address: "127.77.0.11" },
  ns2: { ...withReverseTrust["ns2"]!, address: "127.77.0.12" },
});
jest.setTimeout(600_000);
type Values = CreatedResource["properties"];

/** The cluster, with a canary zone in its proof. */
async function cluster(zone: Values = {}, toNs1?: { role: string }): Promise<Values> {
  const inputs = await provenCluster(managed, toNs1);
  managed.simulator.clearJournal();
  return { ...inputs, zone: { within: 1, under: "invalid", ...zone } };
}

const prove = (inputs: Values): Promise<CreatedResource> => managed.provider.create("ClusterProof", inputs);
const zoneFiles = (): string[] =>
  Object.keys(managed.simulator.servers).flatMap((name) =>
    managed.simulator
      .files(name)
      .list("/var/named")
      .filter((path) => path.endsWith(".db"))
      .map((path) => `${name} ${path}`),
  );
const zoneClaims = (): string[] =>
  managed.simulator
    .files("web1")
    .list("/var/cpanel/.pulumi-whm")
    .filter((path) => path.includes("/zone."));
const made = (operation: string): string[] =>
  managed.simulator
    .journal()
    .filter((entry) => entry.operation === operation)
    .map(({ server }) => server);
/** Nothing of a canary is left anywhere. */
function expectNothingLeft(): void {
  expect([...zoneFiles(), ...zoneClaims()]).toEqual([]);
}

describe("a proof by zone", () => {
  test("[I] makes one canary on the web server, sees it on each nameserver, and removes it", async () => {
    const inputs = await cluster();
    const before = everyFile(managed.simulator);
    const seen: string[] = [];
    const end = managed.simulator.watch(
      ({ operation }) => void (operation === "killdns" && seen.push(...zoneFiles())),
    );
    const proof = await prove(inputs);
    end();
    expect(made("adddns")).toEqual(["web1"]);
    expect(seen.map((each) => each.split(" ")[0]).sort()).toEqual(["ns1", "ns2", "web1"]);
    expect(made("killdns")).toEqual(["web1"]);
    expect(everyFile(managed.simulator)).toEqual(before);
    await managed.provider.prints("ns1 and ns2 gave this machine no answer over DNS");
    expect((await managed.provider.diff("ClusterProof", proof, inputs)).changes).toBe(changes.none);
  });

  test("[I] is made when it is turned on, and not when it is turned off", async () => {
    const { zone, ...inputs } = await cluster();
    const plain = await prove(inputs);
    expect(made("adddns")).toEqual([]);
    const updated = await managed.provider.update("ClusterProof", plain, { ...inputs, zone: zone! });
    expect(made("adddns")).toEqual(["web1"]);
    expect((await managed.provider.diff("ClusterProof", updated, inputs)).changes).toBe(changes.some);
    await managed.provider.update("ClusterProof", updated, inputs);
    expect(made("adddns")).toEqual(["web1"]);
  });

  test("[I] removes it by its own API from a member with the role write-only, where the web server can't", async () => {
    await prove(await cluster({}, { role: "write-only" }).then(writeOnly));
    expect(made("killdns")).toEqual(["web1", "ns1"]);
    expectNothingLeft();
  });

  test("[I] fails when it does not arrive, leaves no zone, and looks again for what may come later", async () => {
    const inputs = await cluster();
    managed.simulator.fault("web1", "half-applied", { operation: "adddns" });
    const { message, id, properties } = await halfMade(prove(inputs));
    expect(message).toMatch(
      /web1 made the canary zone pulumi-whm-canary-\S+, and after 1 s ns1 does not hold it\./,
    );
    expect(message).toContain("ns2 does not hold it");
    expect(zoneFiles()).toEqual([]);
    expect(zoneClaims()).toHaveLength(1);
    managed.simulator.clearFaults();
    await managed.provider.update("ClusterProof", { id, properties }, inputs);
    expectNothingLeft();
  });

  test("[I] fails with WHM's own words when it refuses the name, and leaves nothing", async () => {
    const { message } = await halfMade(prove(await cluster({ under: "not_taken.example" })));
    expect(message).toMatch(/web1: WHM refuses to make the canary zone .*: “.*” is not a valid domain\./);
    expect(message).toContain("proof: { zone: { under:");
    expectNothingLeft();
  });

  test("[I] fails when WHM says that it has made it and has not", async () => {
    const inputs = await cluster();
    managed.simulator.fault("web1", "lying-success", { operation: "adddns" });
    const { message } = await halfMade(prove(inputs));
    expect(message).toContain("WHM has not made the canary zone");
    expectNothingLeft();
  });

  test("[I] finds what it has made although the answer was lost", async () => {
    const inputs = await cluster();
    managed.simulator.fault("web1", "reset-after", { operation: "adddns", times: 1 });
    await prove(inputs);
    expectNothingLeft();
  });

  test("[I] makes none where it could not be removed everywhere, and says why", async () => {
    const inputs = await cluster();
    const files = managed.simulator.files("web1");
    const own = files.read(memberFile("127.77.0.11"))!;
    files.write(memberFile("203.0.113.9"), own);
    files.write(`${memberFile("203.0.113.9")}-dnsrole`, "write-only");
    await prove(inputs);
    await managed.provider.prints(
      "web1 also sends its zones to 203.0.113.9, which the provider doesn't know.",
    );
    expect(writes(managed.simulator)).toEqual([]);
  });
});

describe("a canary that can't be removed", () => {
  test("[I] fails the run with the names of the servers that hold it; a destruction removes it later", async () => {
    const inputs = await cluster();
    managed.simulator.fault("web1", "lying-success", { operation: "killdns" });
    managed.simulator.fault("ns2", "lying-success", { operation: "killdns" });
    const { message, id, properties } = await halfMade(prove(inputs));
    expect(message).toMatch(/web1 still holds the canary zone/);
    expect(message).toMatch(/ns2 still holds the canary zone/);
    expect(message).not.toMatch(/ns1 still holds/);
    expect(zoneClaims()).toHaveLength(1);
    managed.simulator.clearFaults();
    await managed.provider.delete({ id, properties });
    expectNothingLeft();
  });

  test("[I] is never confused with a zone of the same name that somebody else has made", async () => {
    const inputs = await cluster();
    managed.simulator.fault("web1", "half-applied", { operation: "adddns" });
    const failed = await halfMade(prove(inputs));
    managed.simulator.clearFaults();
    const [, zone = ""] = /\/zone\.(.*)\.[0-9a-f]{16}-1\.json$/.exec(zoneClaims()[0]!)!;
    const text = `${zone}. IN SOA ns1 root ( 1 1 1 1 1 )\n${zone}. IN A 192.0.2.1\n`;
    managed.simulator.files("ns2").write(zoneFile(zone), text);
    const { message } = await halfMade(managed.provider.update("ClusterProof", failed, inputs));
    expect(message).toContain(`ns2 holds a zone ${zone} that was not made here, so it is left alone`);
    expect(managed.simulator.files("ns2").read(zoneFile(zone))).toBe(text);
  });
});

describe("a proof by zone that is killed", () => {
  /** Kills the proof right after so many of its writes have come, and gives how many there were. */
  async function killedAfter(many: number, inputs: Values): Promise<number> {
    const run = await start();
    let count = 0;
    const end = managed.simulator.watch(({ write }) => {
      count += write ? 1 : 0;
      if (write && count === many) setImmediate(() => run.kill());
    });
    await run.create("ClusterProof", inputs).catch(() => undefined);
    end();
    await run.stop();
    return count;
  }
  const start = (): Promise<ProviderProcess> =>
    ProviderProcess.start({ "whm:servers": JSON.stringify(managed.simulator.servers) });

  const ways: [string, (run: ProviderProcess, inputs: Values) => Promise<unknown>][] = [
    ["the next run", (run, inputs) => run.create("ClusterProof", inputs)],
    [
      "a destruction, though the state knows of no proof",
      (run, { logicalName, __topology }) =>
        run.delete({
          id: "gate",
          properties: {
            __provider: providerText("TopologyGate"),
            logicalName: logicalName!,
            topology: __topology!,
          },
        }),
    ],
  ];
  drawnTests(1, (test) => {
    for (const [title, way] of ways)
      test(`[I] leaves nothing after ${title}, whatever step it was killed at`, async () => {
        const inputs = writeOnly(await cluster({}, { role: "write-only" }));
        const before = everyFile(managed.simulator);
        const last = await killedAfter(Infinity, inputs);
        for (const step of sampledSteps("killed canaries", last, 2)) {
          renew(managed.simulator, before);
          await killedAfter(step, inputs);
          const next = await start();
          await way(next, inputs).finally(() => next.stop());
          expect([step, ...zoneFiles(), ...zoneClaims()]).toEqual([step]);
        }
      });
  });
});

/** The cluster with another role of its first link. */
function writeOnly(inputs: Values): Values {
  const text = JSON.stringify(inputs).replace('"role":"sync"', '"role":"write-only"');
  return JSON.parse(text) as Values;
}
