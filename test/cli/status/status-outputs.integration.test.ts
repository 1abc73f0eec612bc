import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandLine } from "../helpers";
import { editTokens } from "../../helpers/stored-tokens";
import { writes } from "../../helpers/server-files";
import { putZone } from "../../helpers/zones";
import { down, watchCluster, type WatchedCluster } from "./watched-cluster";
import { readExposition } from "./exposition";

const ns1 = "192.0.2.11";

describe("output for watchers", () => {
  let cluster: WatchedCluster;
  beforeEach(async () => {
    cluster = await watchCluster();
    for (const server of ["web1", "ns1", "ns2"]) putZone(cluster.sim, server, "example.com");
  });
  afterEach(async () => {
    expect(writes(cluster.sim)).toEqual([]);
    await cluster.stop();
  });

  const disable = (): void => cluster.sim.files("web1").write(down(ns1), "");
  const nagios = async (...args: string[]): Promise<string> => {
    const { code, output, errors } = await cluster.status("--nagios", ...args);
    expect(errors).toBe("");
    expect(output).toMatch(/^[^\n|]+( \| [^\n|]+)?\n$/);
    return `${code} ${output}`;
  };

  test("[I] Nagios gets one line with measures, and 0, 1 or 2", async () => {
    expect(await nagios()).toBe(
      "0 WHM DNS OK - 3 servers, nothing found | servers=3 unreadable=0 errors=0 warnings=0 members_disabled=0 queue=0 zones_missing=0\n",
    );
    cluster.sim.files("web1").write("/var/cpanel/clusterqueue/retry/1", "x");
    expect(await nagios()).toMatch(/^1 WHM DNS WARNING - 1 warning: web1 has 1 failed request .* queue=1 /);
    disable();
    expect(await nagios()).toMatch(
      /^2 WHM DNS CRITICAL - 1 error, 1 warning: web1 has disabled its member ns1 /,
    );
  });

  test("[I] Nagios gets 3 for a server that can't be read, unless something is broken elsewhere", async () => {
    cluster.sim.fault("ns2", "refuse");
    expect(await nagios()).toMatch(/^3 WHM DNS UNKNOWN - 1 not readable: Failed to open an SSH connection/);
    disable();
    expect(await nagios()).toMatch(/^2 WHM DNS CRITICAL - 1 error, 1 not readable: web1 has disabled/);
  });

  test("[I] Nagios gets the days to the next expiry", async () => {
    editTokens(cluster.sim, "ns1", (token) => ({
      ...token,
      expires_at: Math.floor(Date.now() / 1000) + 12 * 86_400 + 60,
    }));
    expect(await nagios()).toContain(" days_to_next_expiry=12\n");
  });

  test("[I] Prometheus gets every measure with help and type, each sample once", async () => {
    cluster.sim.files("web1").write(down(ns1), "");
    cluster.sim.files("web1").write("/var/cpanel/clusterqueue/status/192.0.2.11", "100");
    const { code, output } = await cluster.status("--prometheus", "--zones", "example.com");
    expect(code).toBe(1);
    const { samples, types } = readExposition(output);
    expect(samples).toMatchObject({
      'whm_dns_server_up{server="ns1"}': 1,
      'whm_dns_server_info{server="web1",product="cpanel",version="11.136.0.5",nameserver="bind"}': 1,
      'whm_dns_clustering_enabled{server="web1"}': 1,
      'whm_dns_clustering_enabled{server="ns1"}': 0,
      'whm_dns_queued_requests{server="web1"}': 0,
      'whm_dns_zones{server="ns2"}': 1,
      'whm_dns_member_disabled{server="web1",member="192.0.2.11",peer="ns1",role="sync"}': 1,
      'whm_dns_member_disabled{server="web1",member="192.0.2.12",peer="ns2",role="sync"}': 0,
      'whm_dns_member_failed_calls{server="web1",member="192.0.2.11",peer="ns1",role="sync"}': 2,
      'whm_dns_stored_token_known{server="web1",peer="ns1"}': 1,
      'whm_dns_zones_missing{server="ns1"}': 0,
      'whm_dns_zone_missing{server="ns1",zone="example.com"}': 0,
      'whm_dns_zone_serial{server="web1",zone="example.com"}': 2026112901,
      'whm_dns_zone_answered_serial{server="ns1",zone="example.com"}': 2026112901,
      'whm_dns_findings{kind="member-disabled",severity="error"}': 1,
      'whm_dns_findings{kind="serial-behind",severity="error"}': 0,
    });
    expect(samples["whm_dns_last_run_timestamp_seconds"]).toBeGreaterThan(1_700_000_000);
    expect(new Set(Object.values(types))).toEqual(new Set(["gauge"]));
  });

  test("[I] Prometheus gets 0 for a server that is down, and the others", async () => {
    cluster.sim.fault("ns2", "refuse");
    const { code, output } = await cluster.status("--prometheus");
    expect(code).toBe(3);
    expect(readExposition(output).samples).toMatchObject({
      'whm_dns_server_up{server="web1"}': 1,
      'whm_dns_server_up{server="ns2"}': 0,
    });
  });

  test("[I] strange names stay inside their labels", async () => {
    const name = 'a"b\\c\nd';
    editTokens(cluster.sim, "ns1", (token) => ({ ...token, name, expires_at: 4_000_000_000 }));
    const { output } = await cluster.status("--prometheus");
    expect(readExposition(output).samples).toMatchObject({
      'whm_dns_token_expiry_timestamp_seconds{server="ns1",token="a\\"b\\\\c\\nd"}': 4_000_000_000,
    });
  });

  test("[I] control characters of a server never reach a terminal", async () => {
    editTokens(cluster.sim, "ns1", (token) => ({ ...token, name: "\u001b[31m\nerror: x", expires_at: 1 }));
    for (const how of [[], ["--prometheus"], ["--nagios"]]) {
      const { output } = await cluster.status(...how);
      expect(output).not.toContain("\u001b");
      expect(output).not.toMatch(/^error: x/m);
    }
  });
});

describe("mistakes", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "whm-dns-status-"))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const run = (...args: string[]) =>
    commandLine(["status", ...args], { untilStopped: () => new Promise(() => undefined) });

  test.each<[string, string[], string]>([
    ["no source", [], "Say how to reach the servers"],
    ["a missing file", ["--connections", "/nowhere/x"], "Failed to read /nowhere/x"],
    ["two outputs", ["--connections", "x", "--json", "--prometheus"], "cannot be used with option"],
    ["two other outputs", ["--connections", "x", "--nagios", "--json"], "cannot be used with option"],
    ["two sources", ["--connections", "x", "--stack", "y"], "cannot be used with option"],
    [
      "a path as zone",
      ["--connections", "x", "--zones", "../../etc/shadow"],
      "the name of a zone such as example.com",
    ],
    ["an empty zone", ["--connections", "x", "--zones", ""], "the name of a zone such as example.com"],
    ["no zone", ["--connections", "x", "--zones"], "argument missing"],
    ["days that are no number", ["--connections", "x", "--expires-within", "1e2"], "a whole number of days"],
    ["negative days", ["--connections", "x", "--expires-within", "-1"], "a whole number of days"],
  ])("[I] %s ends with 2 and says what was wrong", async (_title, args, sentence) => {
    const { code, output, errors } = await run(...args);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain(sentence);
  });

  test("[I] a malformed file ends with 2; Nagios gets a line and 3", async () => {
    const file = join(folder, "servers.yaml");
    writeFileSync(file, "ns1: { type: nonsense }\n");
    expect(await run("--connections", file)).toMatchObject({ code: 2, output: "" });
    const { code, output, errors } = await run("--connections", file, "--nagios");
    expect({ code, errors }).toEqual({ code: 3, errors: "" });
    expect(output).toMatch(/^WHM DNS UNKNOWN - .*ns1.type: must be cpanel or dnsonly.*\n$/);
  });

  test("[I] no server at all is never well, for nothing would be watched", async () => {
    const file = join(folder, "servers.yaml");
    writeFileSync(file, "{}\n");
    expect(await run("--connections", file, "--nagios")).toMatchObject({
      code: 3,
      output: expect.stringMatching(/^WHM DNS UNKNOWN - .* names no server\./) as string,
    });
  });

  test("[I] a zone in another script is looked up by the name of its file", async () => {
    const cluster = await watchCluster();
    putZone(cluster.sim, "web1", "xn--bcher-kva.example");
    const { zones } = await cluster.data("--zones", "BÜCHER.example", "--zones", "xn--bcher-kva.example");
    expect(zones.map(({ zone }) => zone)).toEqual(["xn--bcher-kva.example"]);
    await cluster.stop();
  });

  test("[I] zones are given one after the other, with commas, or again", async () => {
    const cluster = await watchCluster();
    const { zones } = await cluster.data(
      "--zones",
      "a.example",
      "b.example,c.example.",
      "--zones",
      "d.example, a.example",
    );
    expect(zones.map(({ zone }) => zone)).toEqual(["a.example", "b.example", "c.example", "d.example"]);
    await cluster.stop();
  });
});
