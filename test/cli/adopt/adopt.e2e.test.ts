import { startSimulator, type Simulator } from "../../../provider/simulator";
import { AdoptedCluster } from "../../helpers/adopted-cluster";
import { clickAddress, clickEntries } from "../../helpers/clicked-cluster";
import { drawnTests } from "../../helpers/sample";
import { allFiles, memberFile, writes } from "../../helpers/server-files";
import { addToken, storedTokens } from "../../helpers/stored-tokens";

jest.setTimeout(300_000);

const register = "/var/cpanel/.pulumi-whm";

/** Two web servers and two nameservers, clicked together: one token for two servers, one with too much, a trust each. */
async function clickedCluster(): Promise<{ simulator: Simulator; shared: string }> {
  const simulator = await startSimulator({
    servers: {
      web1: { type: "cpanel" },
      web2: { type: "cpanel" },
      ns1: { type: "dnsonly" },
      ns2: { type: "cpanel", nameserver: true },
    },
  });
  const shared = addToken(simulator, "ns1", "cluster");
  clickEntries(simulator, [
    { from: "web1", to: "ns1", role: "sync", secret: shared },
    { from: "web2", to: "ns1", role: "sync", secret: shared },
    { from: "web1", to: "ns2", role: "sync", token: { acls: ["clustering", "create-dns"] } },
    { from: "web2", to: "ns2", role: "sync", token: { whitelist_ips: ["192.0.2.11"] } },
    { from: "ns2", to: "web1", role: "standalone", token: { expires_at: 2_000_000_000 } },
    { from: "ns2", to: "web2", role: "standalone" },
  ]);
  clickAddress(simulator, "web1", "192.0.2.12", "203.0.113.9");
  return { simulator, shared };
}

describe("a cluster that was clicked together, with the real engine", () => {
  let simulator: Simulator;
  let shared: string;
  let cluster: AdoptedCluster;
  beforeEach(async () => {
    ({ simulator, shared } = await clickedCluster());
    cluster = await AdoptedCluster.in(simulator);
  });
  afterEach(async () => {
    await cluster.remove();
    await simulator.stop();
  });

  /** Expects that neither a preview nor an up finds anything to do. */
  async function expectNothingToDo(): Promise<void> {
    const previews = [
      await cluster.pulumi("preview", "--expect-no-changes"),
      await cluster.pulumi("preview", "--refresh", "--expect-no-changes"),
    ];
    expect(previews.map(({ code, stdout, stderr }) => (code === 0 ? "" : stdout + stderr))).toEqual(["", ""]);
  }

  test("[E] is adopted and destroyed without a change on any server", async () => {
    const before = allFiles(simulator);
    expect(await cluster.adopt("--stack", "dev")).toMatchObject({ code: 0, stderr: "" });
    await expectNothingToDo();
    expect(await cluster.pulumi("up", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
    expect(writes(simulator)).toEqual([]);

    const claimed = await cluster.whmDns("adopt", "--claim", "--out", cluster.folder, "--stack", "dev");
    expect(claimed).toMatchObject({ code: 0, stderr: "" });
    expect(claimed.stdout).toContain("web2: entry for 192.0.2.12, for dns-web2-ns1");
    expect(writes(simulator).filter((line) => !line.includes(register))).toEqual([]);
    const claims = simulator
      .files("web1")
      .list(register)
      .filter((path) => /(member|line)\./.test(path));
    expect(claims).toHaveLength(3);
    for (const path of claims)
      expect(JSON.parse(simulator.files("web1").read(path)!)).toMatchObject({
        owner: "organization/dns/dev",
        adopted: true,
      });
    await expectNothingToDo();

    const destroyed = await cluster.pulumi("destroy", "--yes");
    expect(destroyed).toMatchObject({ code: 0 });
    expect(destroyed.stdout).toContain("The entry for 192.0.2.13 stays on web1");
    expect(destroyed.stdout).toContain("The API token cluster stays on ns1");
    expect(destroyed.stdout).toContain("The trusted address 192.0.2.12 stays on web1");
    expect(allFiles(simulator)).toEqual(before);
  });

  drawnTests(1, (test) => {
    test("[E] leaves no secret in clear behind", async () => {
      await cluster.adopt("--stack", "dev");
      const state = await cluster.pulumi("stack", "export");
      const files = ["index.ts", "cluster.yaml", "ADOPTED.md", "Pulumi.dev.yaml"];
      const texts = [state.stdout, ...(await Promise.all(files.map((name) => cluster.text(name))))].join(
        "\n",
      );
      const { connection, api } = simulator.servers["web1"]!;
      const secrets = [shared, api!.token!, connection!.privateKey!.split("\n")[1]!];
      expect(secrets.filter((secret) => texts.includes(secret))).toEqual([]);
      await expect(cluster.text("servers.json")).rejects.toThrow("ENOENT");
    });

    test("[E] is watched: a changed role is drift, and what the stack changes is its own", async () => {
      await cluster.adopt("--stack", "dev");
      const role = `${memberFile("192.0.2.12")}-dnsrole`;
      simulator.files("web2").write(role, "standalone");
      const drift = await cluster.pulumi("preview", "--refresh", "--expect-no-changes", "--diff");
      expect(drift.code).not.toBe(0);
      expect(drift.stdout).toMatch(/role *: "standalone" => "sync"/);
      simulator.files("web2").write(role, "sync");

      await cluster.edit(
        "index.ts",
        /\.\.\.whm[^;]*?\}\),/,
        `links: [
          { from: "web1", to: "ns1", role: "sync" }, { from: "web1", to: "ns2", role: "sync" },
          { from: "web2", to: "ns1", role: "write-only" }, { from: "web2", to: "ns2", role: "sync" },
        ],`,
      );
      const up = await cluster.pulumi("up", "--yes", "--skip-preview");
      expect([up.code, up.stdout + up.stderr]).toEqual([0, expect.stringContaining("1 updated")]);
      expect(simulator.files("web2").read(role)).toBe("write-only");
      expect(await cluster.pulumi("destroy", "--yes")).toMatchObject({ code: 0 });
      expect(simulator.members("web2").map(({ key }) => key)).toEqual(["192.0.2.13"]);
      expect(simulator.members("web1").map(({ key }) => key)).toEqual(["192.0.2.12", "192.0.2.13"]);
      expect(storedTokens(simulator, "ns1").map(({ name }) => name)).toEqual(["cluster"]);
    });

    test("[E] that is owned is gone after destroy, and foreign lines stay", async () => {
      await cluster.adopt("--stack", "dev", "--owned");
      await expectNothingToDo();
      await cluster.whmDns("adopt", "--claim", "--out", cluster.folder, "--stack", "dev");
      expect(await cluster.pulumi("destroy", "--yes")).toMatchObject({ code: 0 });
      const names = Object.keys(simulator.servers);
      expect(names.flatMap((name) => simulator.members(name))).toEqual([]);
      expect(names.flatMap((name) => storedTokens(simulator, name))).toEqual([]);
      expect(simulator.files("web1").read("/etc/ips.remotedns")).toBe("203.0.113.9\n");
      expect(names.flatMap((name) => simulator.files(name).list(register))).toEqual([]);
    });

    test("[E] is brought in later with the same command, and not into a stack that has resources", async () => {
      expect(await cluster.adopt()).toMatchObject({ code: 0, stderr: "" });
      const later = await cluster.whmDns(
        ...[
          "adopt",
          "--connections",
          `${cluster.folder}/servers.json`,
          "--out",
          cluster.folder,
          "--stack",
          "dev",
        ],
      );
      expect(later).toMatchObject({ code: 0, stderr: "" });
      await expectNothingToDo();
      const again = await cluster.adopt("--stack", "dev");
      expect(again).toMatchObject({ code: 2, stdout: "" });
      expect(again.stderr).toContain("The stack dev has resources already");
    });
  });
});
