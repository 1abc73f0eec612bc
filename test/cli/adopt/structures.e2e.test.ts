import { startSimulator, type Simulator } from "../../../provider/simulator";
import { AdoptedCluster } from "../../helpers/adopted-cluster";
import { clickEntries, type ClickedEntry } from "../../helpers/clicked-cluster";
import { memberFile, writes } from "../../helpers/server-files";

jest.setTimeout(300_000);

/** A link as somebody clicks it. */
const sync = (from: string, to: string): ClickedEntry => ({ from, to, role: "sync" });

describe("structures that the rules warn of or reject, with the real engine", () => {
  let simulator: Simulator;
  let cluster: AdoptedCluster;
  beforeEach(async () => {
    simulator = await startSimulator({
      servers: {
        web1: { type: "cpanel", publicAddress: "203.0.113.10" },
        web2: { type: "cpanel" },
        ns1: { type: "dnsonly", publicAddress: "203.0.113.53" },
        ns2: { type: "dnsonly" },
        web9: { type: "cpanel" },
        ns9: { type: "dnsonly" },
      },
    });
    cluster = await AdoptedCluster.in(simulator);
  });
  afterEach(async () => {
    await cluster.remove();
    await simulator.stop();
  });

  /** Stores an entry under the public address of the other server, as outside its network. */
  function clickOutside(entry: ClickedEntry): void {
    const { address, publicAddress } = simulator.servers[entry.to]!;
    clickEntries(simulator, [entry]);
    const files = simulator.files(entry.from);
    for (const suffix of ["", "-dnsrole"]) {
      files.write(
        `${memberFile(publicAddress!)}${suffix}`,
        files.read(`${memberFile(address!)}${suffix}`)!,
        0o600,
      );
      files.remove(`${memberFile(address!)}${suffix}`);
    }
  }

  test("[E] are adopted as they stand: a circle, NAT, two clusters; what no rule allows is left alone", async () => {
    clickEntries(simulator, [
      sync("web1", "ns1"),
      sync("ns1", "ns2"),
      sync("web9", "ns9"),
      sync("ns9", "web9"),
    ]);
    clickOutside(sync("web2", "ns1"));
    clickOutside(sync("ns2", "ns1"));
    const adopted = await cluster.adopt("--stack", "dev");
    expect(adopted).toMatchObject({ code: 0, stderr: "" });
    expect(adopted.stdout).toContain("2 clusters with 5 entries on 6 servers");
    expect(adopted.stdout).toContain("ns9: link to web9: the rule sync-back can't be overridden");
    const program = await cluster.text("index.ts");
    expect(program).toContain('"feeding-cycle": {');
    expect(program).toContain('new whm.DnsCluster("dns-ns9"');
    for (const flags of [[], ["--refresh"]]) {
      const preview = await cluster.pulumi("preview", "--expect-no-changes", ...flags);
      expect([preview.code, preview.code === 0 ? "" : preview.stdout]).toEqual([0, ""]);
    }
    expect(await cluster.pulumi("up", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
    expect(writes(simulator)).toEqual([]);
  });
});
