import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { withUnpacked } from "../helpers/unpacked";
import { pulumiProjects } from "../helpers/pulumi";
import { drawnTests } from "../helpers/sample";
import { allFiles, memberFile, writes } from "../helpers/server-files";

const newProject = pulumiProjects();
jest.setTimeout(240_000);

describe("a cluster of one web server and two nameservers, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({
      servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" }, ns2: { type: "dnsonly" } },
    });
  });
  afterEach(() => simulator.stop());

  const configured = () => JSON.stringify(simulator.servers);
  const project = (more?: string) =>
    newProject({ program: clusterProgram(more), secrets: { "whm:servers": configured() } });
  const secretsOnServers = () => {
    const members = ["192.0.2.11", "192.0.2.12"].map(
      (address) => simulator.files("web1").read(memberFile(address)) ?? "",
    );
    const tokens = members.flatMap((text) => /^pass=(.*)$/m.exec(text)?.[1] ?? []);
    const logins = Object.values(simulator.servers).flatMap(({ api, connection }) => [
      api?.token ?? "",
      connection?.privateKey?.split("\n")[1] ?? "",
    ]);
    return [...tokens, ...logins];
  };

  test("[E] is created, has no changes afterwards, shows and repairs drift, grows, and leaves nothing behind", async () => {
    const before = allFiles(simulator);
    const stack = await project();

    const up = await stack.up();
    expect(up).toMatchObject({ code: 0 });
    expect(up.stdout).toContain("11 created");
    expect(simulator.files("web1").read(`${memberFile("192.0.2.11")}-dnsrole`)).toBe("sync");
    expect(simulator.files("web1").read("/etc/ips.remotedns")?.split("\n").sort()).toEqual([
      "",
      "192.0.2.11",
      "192.0.2.12",
    ]);

    simulator.clearJournal();
    const again = await stack.up();
    expect(again.stdout).toContain("11 unchanged");
    expect(simulator.journal()).toEqual([]);

    const secrets = secretsOnServers();
    expect(secrets.filter((secret) => secret.length >= 32)).toHaveLength(8);
    const state = withUnpacked(JSON.stringify(await stack.exportStack()));
    expect(secrets.filter((secret) => state.includes(secret))).toEqual([]);

    simulator.files("web1").write(`${memberFile("192.0.2.11")}-dnsrole`, "standalone");
    simulator.files("web1").write("/etc/ips.remotedns", "192.0.2.11\n");
    simulator.clearJournal();
    const drift = await stack.preview("--refresh", "--diff", "--expect-no-changes");
    expect(drift.code).toBe(7);
    expect(drift.stdout).toContain('~ role: "standalone" => "sync"');
    expect(drift.stdout).toMatch(/TrustedRemoteIp: \(create\)[^+~]*address\s*: "192.0.2.12"/);
    expect(drift.stdout).toContain("8 unchanged");
    expect(writes(simulator)).toEqual([]);

    const repaired = await stack.up("--refresh");
    expect(repaired).toMatchObject({ code: 0 });
    expect(simulator.files("web1").read(`${memberFile("192.0.2.11")}-dnsrole`)).toBe("sync");
    expect(simulator.files("web1").read("/etc/ips.remotedns")?.split("\n").sort()).toEqual([
      "",
      "192.0.2.11",
      "192.0.2.12",
    ]);
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    const refreshed = withUnpacked(JSON.stringify(await stack.exportStack()));
    expect(secrets.filter((secret) => refreshed.includes(secret))).toEqual([]);

    await simulator.addServer("ns3", { type: "dnsonly" });
    before["ns3"] = simulator.files("ns3").snapshot();
    await stack.setSecret("whm:servers", configured());
    const grown = await stack.up();
    expect(grown.stdout).toContain("3 created");
    expect(grown.stdout).not.toMatch(/deleted|replaced/);
    expect(simulator.files("web1").read(`${memberFile("192.0.2.13")}-dnsrole`)).toBe("sync");

    const destroyed = await stack.destroy();
    expect(destroyed).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(before);

    const printed = [up, again, drift, repaired, grown, destroyed]
      .map(({ stdout, stderr }) => stdout + stderr)
      .join("");
    expect(secrets.filter((secret) => printed.includes(secret))).toEqual([]);
    const journal = JSON.stringify(simulator.journal());
    expect(secrets.filter((secret) => journal.includes(secret))).toEqual([]);
  });

  drawnTests(1, (test) => {
    test("[E] rotates: creates new tokens, moves the members to them, and revokes the old ones last", async () => {
      const stack = await project('{ tokens: { rotate: "one" } }');
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      const old = simulator.files("web1").read(memberFile("192.0.2.11"));

      await stack.write({ "index.js": clusterProgram('{ tokens: { rotate: "two" } }') });
      simulator.clearJournal();
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      expect(simulator.files("web1").read(memberFile("192.0.2.11"))).not.toBe(old);
      const journal = simulator.journal();
      const created = journal.findIndex(
        ({ server, operation }) => server === "ns1" && operation === "api_token_create",
      );
      const written = journal.findLastIndex(
        ({ write, target }) => write && target === memberFile("192.0.2.11"),
      );
      const revoked = journal.findIndex(
        ({ server, operation }) => server === "ns1" && operation === "api_token_revoke",
      );
      expect(created).toBeGreaterThanOrEqual(0);
      expect(created).toBeLessThan(written);
      expect(written).toBeLessThan(revoked);
      expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    });

    test("[E] does not change any resource when a credential changes", async () => {
      const stack = await project();
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      const { web1, ...others } = simulator.servers;
      const changed = { ...web1, connection: { ...web1?.connection, perDialTimeout: 9 } };
      await stack.setSecret("whm:servers", JSON.stringify({ web1: changed, ...others }));
      const up = await stack.up("--skip-preview");
      expect(up.stdout).toMatch(/~ +pulumi:providers:pulumi-nodejs prod updated/);
      expect(up.stdout).toContain("10 unchanged");
    });

    test("[E] keeps its resources when a server cannot be reached", async () => {
      const stack = await project();
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      simulator.fault("ns1", "refuse");
      const refresh = await stack.refresh();
      expect(refresh.code).not.toBe(0);
      expect(refresh.stdout + refresh.stderr).toMatch(
        /Failed to list the API tokens on ns1: .*\[unreachable\]/,
      );
      const kept = (await stack.exportStack()).map(({ urn }) => urn.split("::").at(-1));
      expect(kept).toEqual(
        expect.arrayContaining(["prod-ns1-for-web1", "prod-web1-ns1", "prod-web1-192.0.2.11"]),
      );
    });
  });
});

describe("a cluster in which the guide asks for reverse trust, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({
      servers: { web1: { type: "cpanel" }, ns1: { type: "cpanel", nameserver: true } },
    });
  });
  afterEach(() => simulator.stop());

  test("[E] makes the nameserver trust the web server, and removes the trust again", async () => {
    const before = allFiles(simulator);
    const stack = await newProject({
      program: clusterProgram(),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(simulator.files("ns1").read(`${memberFile("192.0.2.10")}-dnsrole`)).toBe("standalone");
    expect(simulator.files("ns1").read(memberFile("192.0.2.10"))).toContain("host=web1.example.com\n");
    expect(simulator.journal()).toContainEqual(
      expect.objectContaining({ server: "ns1", operation: "cluster_member_has_trust_with" }),
    );
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await stack.destroy()).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(before);
  });
});
