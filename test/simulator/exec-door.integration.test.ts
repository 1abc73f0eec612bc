import { parse } from "yaml";
import type { Envelope } from "./helpers/https-client";
import { containing } from "./helpers/matchers";
import { simulate, stopSimulations } from "./helpers/simulation";
import { exec, type ExecOutcome } from "./helpers/ssh-client";

afterEach(stopSimulations);

const whmapi1 = "/usr/local/cpanel/bin/whmapi1";

async function shell() {
  const simulation = await simulate({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
  const client = await simulation.ssh("web1");
  return { ...simulation, run: (line: string): Promise<ExecOutcome> => exec(client, line) };
}

describe("commands", () => {
  test("[I] whmapi1 prints YAML by default", async () => {
    const { run } = await shell();
    const { stdout, code } = await run(`${whmapi1} version`);
    expect(stdout).toMatch(/^---\n/);
    expect(parse(stdout)).toMatchObject({ data: { version: "11.136.0.5" }, metadata: { result: 1 } });
    expect(code).toBe(0);
  });

  test.each(["json", "jsonpretty"])("[I] whmapi1 --output=%s prints JSON", async (output) => {
    const { run } = await shell();
    const { stdout } = await run(`${whmapi1} --output=${output} gethostname`);
    expect(JSON.parse(stdout)).toMatchObject({ data: { hostname: "web1.example.com" } });
    expect(stdout.trim().includes("\n")).toBe(output === "jsonpretty");
  });

  test("[I] date prints the time by the server's own clock and writes nothing", async () => {
    const simulation = await simulate({
      servers: { ns1: { type: "dnsonly" } },
      clock: () => 1_800_000_000_000,
    });
    const { stdout, code } = await exec(await simulation.ssh("ns1"), "/bin/date +%s");
    expect({ stdout, code }).toEqual({ stdout: "1800000000\n", code: 0 });
    expect(simulation.sim.journal().filter(({ write }) => write)).toEqual([]);
  });

  test("[I] whmapi1 exits with 0 if the function fails or does not exist", async () => {
    const { run } = await shell();
    for (const line of ["api_token_create token_name=", "nonesuch"]) {
      const { stdout, code } = await run(`${whmapi1} --output=json ${line}`);
      expect((JSON.parse(stdout) as Envelope).metadata.result).toBe(0);
      expect(code).toBe(0);
    }
  });

  test("[I] whmapi1 answers a broken batch without metadata", async () => {
    const { run } = await shell();
    const { stdout } = await run(`${whmapi1} --output=json batch command=nonesuch`);
    expect(JSON.parse(stdout)).not.toHaveProperty("metadata");
  });

  test("[I] whmapi1 runs as root and reads quoted words and percent escapes", async () => {
    const { run, sim } = await shell();
    const line = `'${whmapi1}' '--output=json' 'api_token_create' 'token_name=a' 'acl-0=clustering' 'whitelist_ip-0=192.0.2.0%2F24'`;
    const { data } = JSON.parse((await run(line)).stdout) as Envelope;
    expect(data).toMatchObject({ acls: ["clustering"], whitelist_ips: ["192.0.2.0/24"] });
    expect(JSON.stringify(sim.journal())).not.toContain(String(data?.token));
  });

  test("[I] cpanel -V prints the version without the leading 11", async () => {
    const { run } = await shell();
    expect((await run("/usr/local/cpanel/cpanel -V")).stdout).toBe("136.0 (build 5)\n");
  });

  test("[I] set_nameserver installs another nameserver and refuses an unknown one", async () => {
    const { run, sim } = await shell();
    const say = async (line: string) =>
      JSON.parse((await run(`${whmapi1} --output=json ${line}`)).stdout) as Envelope;
    expect(await say("installed_versions")).toMatchObject({ data: { bind: containing(".") } });
    expect(await say("set_nameserver nameserver=djbdns")).toMatchObject({ metadata: { result: 0 } });
    expect(await say("set_nameserver nameserver=PowerDNS")).toMatchObject({
      data: { nameserver: "powerdns" },
    });
    expect(sim.files("web1").read("/var/cpanel/cpanel.config")).toContain("local_nameserver_type=powerdns\n");
    expect(await say("installed_versions")).toMatchObject({ data: { powerdns: containing(".") } });
    const shown = { service: [{ display_name: "PowerDNS" }] };
    expect(await say("servicestatus service=named")).toMatchObject({ data: shown });
    expect(await say("set_nameserver nameserver=bind")).toMatchObject({ metadata: { result: 1 } });
    expect(sim.files("web1").read("/var/cpanel/usepowerdns")).toBeUndefined();
  });

  test("[I] an unknown program exits with 127, and its arguments are not in the journal", async () => {
    const { run, sim } = await shell();
    const outcome = await run("/usr/bin/nonesuch SECRET");
    expect(outcome).toMatchObject({ code: 127, stdout: "" });
    expect(outcome.stderr).toContain("command not found");
    expect(JSON.stringify(sim.journal())).not.toContain("SECRET");
  });

  test("[I] a line that needs a full shell is refused and changes nothing", async () => {
    const { run, sim } = await shell();
    const before = sim.files("web1").snapshot();
    const outcome = await run(`${whmapi1} api_token_create token_name=a; echo`);
    expect(outcome.code).toBe(2);
    expect(sim.files("web1").snapshot()).toEqual(before);
  });
});

describe("dnscluster", () => {
  const dnscluster = "/usr/local/cpanel/scripts/dnscluster";
  const zone = (serial: number): string => `@ IN SOA ns1. root. (\n ${serial} ; serial\n 1 1 1 1 )\n`;

  async function cluster(role: string) {
    const { run, sim } = await shell();
    const member = `#version 2.0\nuser=root\nhost=ns1.example.com\npass=${sim.servers.ns1?.api?.token}\nmodule=cPanel\ndebug=0\n`;
    const key = `/var/cpanel/cluster/root/config/${sim.servers.ns1?.address}`;
    sim.files("web1").write(key, member, 0o600);
    sim.files("web1").write(`${key}-dnsrole`, role, 0o600);
    sim.files("web1").write("/var/cpanel/useclusteringdns", "");
    const at = (server: string): string | undefined => sim.files(server).read("/var/named/example.com.db");
    const put = (server: string, serial: number): void =>
      sim.files(server).write("/var/named/example.com.db", zone(serial));
    return { run, sim, at, put };
  }

  test("[I] exits with 1 if clustering is off", async () => {
    const { run } = await shell();
    expect(await run(`${dnscluster} syncall`)).toMatchObject({
      code: 1,
      stderr: containing("not enabled"),
    });
  });

  test.each(["", "--syncall", "synczone", "bogus"])(
    "[I] prints help, does nothing and exits with 0 for the arguments %j",
    async (args) => {
      const { run, sim, put, at } = await cluster("sync");
      put("web1", 5);
      const outcome = await run(`${dnscluster} ${args}`);
      expect(outcome).toMatchObject({ code: 0, stdout: containing("syncall") });
      expect(at("ns1")).toBeUndefined();
      expect(sim.journal().filter(({ write }) => write)).toEqual([]);
    },
  );

  test("[I] keeps the zone with the larger serial for the role sync", async () => {
    const { run, put, at } = await cluster("sync");
    put("web1", 5);
    await run(`${dnscluster} syncall`);
    expect(at("ns1")).toBe(zone(5));
    put("ns1", 9);
    await run(`/scripts/dnscluster synczone example.com`);
    expect(at("web1")).toBe(zone(9));
  });

  test("[I] overwrites even a newer zone for the role write-only", async () => {
    const { run, put, at } = await cluster("write-only");
    put("web1", 5);
    put("ns1", 9);
    await run(`${dnscluster} syncall`);
    expect([at("web1"), at("ns1")]).toEqual([zone(5), zone(5)]);
  });

  test("[I] sends nothing for the role standalone", async () => {
    const { run, put, at } = await cluster("standalone");
    put("web1", 5);
    await run(`${dnscluster} syncall`);
    expect(at("ns1")).toBeUndefined();
  });

  test("[I] reports a member with a wrong token in the output and exits with 0", async () => {
    const { run, sim, put, at } = await cluster("sync");
    put("web1", 5);
    sim.files("ns1").write("/var/cpanel/authn/api_tokens_v2/whostmgr/root.json", '{"tokens":{}}');
    const outcome = await run(`${dnscluster} syncall`);
    expect(outcome).toMatchObject({ code: 0, stdout: containing("refused the token") });
    expect(at("ns1")).toBeUndefined();
  });

  test("[I] sends zones outside the list of domains only with the full option", async () => {
    const { run, sim, put, at } = await cluster("sync");
    put("web1", 5);
    sim.files("web1").write("/etc/userdomains", "other.example: user\n");
    await run(`${dnscluster} syncall`);
    expect(at("ns1")).toBeUndefined();
    await run(`${dnscluster} --FULL syncall`);
    expect(at("ns1")).toBe(zone(5));
  });
});
