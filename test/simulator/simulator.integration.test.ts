import { spawn, type ChildProcess } from "node:child_process";
import { connect } from "node:net";
import { join } from "node:path";
import { parse } from "../../provider/schema/parse";
import { server as serverSchema } from "../../provider/schema/server";
import { startFromTopology } from "../../provider/simulator";
import { call, whm } from "./helpers/https-client";
import { simulate, stopSimulations } from "./helpers/simulation";
import { closeOf } from "./helpers/ssh-client";

afterEach(stopSimulations);

describe("the simulator", () => {
  test("[I] returns values for the provider, in the given order", async () => {
    const { sim } = await simulate({
      servers: {
        web1: { type: "cpanel", publicAddress: "203.0.113.1" },
        ns1: { type: "dnsonly", hostname: "a.example.net", version: "11.100.0.1" },
        ns2: { type: "cpanel", nameserver: true, intermediary: true, address: "192.0.2.10" },
      },
    });
    expect(Object.keys(sim.servers)).toEqual(["web1", "ns1", "ns2"]);
    for (const [name, value] of Object.entries(sim.servers))
      expect(parse(serverSchema, value, name)).toEqual(value);
    expect(sim.servers).toMatchObject({
      web1: {
        type: "cpanel",
        address: "192.0.2.11",
        hostname: "web1.example.com",
        publicAddress: "203.0.113.1",
      },
      ns1: { type: "dnsonly", address: "192.0.2.12", hostname: "a.example.net" },
      ns2: { address: "192.0.2.10", nameserver: true, intermediary: true },
    });
    expect(sim.servers.ns1).not.toHaveProperty("version");
  });

  test("[I] gives fresh servers the files of an installation and no DNS cluster", async () => {
    const { sim } = await simulate({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
    const ofMachine = ["/etc/hostname", "/etc/machine-id"];
    expect(sim.files("web1").list("/etc")).toEqual([ofMachine[0], "/etc/ips.dnsmaster", ofMachine[1]]);
    expect(sim.files("ns1").list("/etc")).toEqual(ofMachine);
    expect(sim.files("ns1").read("/var/cpanel/dnsonly")).toBe("");
    expect(sim.files("web1").read("/var/cpanel/dnsonly")).toBeUndefined();
    for (const name of ["web1", "ns1"]) {
      expect(sim.files(name).mode("/var/cpanel/cluster")).toBeUndefined();
      expect(sim.clustering(name)).toBe(false);
      expect(sim.members(name)).toEqual([]);
    }
  });

  test("[I] stores initial files with their text and mode 0600", async () => {
    const { sim } = await simulate({
      servers: { web1: { type: "cpanel", files: { "/etc/ips.remotedns": "# mine\n" } } },
    });
    expect(sim.files("web1").snapshot("/etc")).toMatchObject({ "/etc/ips.remotedns": "# mine\n" });
    expect(sim.files("web1").mode("/etc/ips.remotedns")).toBe(0o600);
  });

  test("[I] shows members as WHM sees them, without their secrets", async () => {
    const { sim } = await simulate({ servers: { web1: { type: "cpanel" } } });
    const directory = "/var/cpanel/cluster/root/config";
    sim
      .files("web1")
      .write(`${directory}/192.0.2.53`, "#version 2.0\nuser=root\nhost=h\npass=PLANTED\nmodule=cPanel\n");
    sim.files("web1").write(`${directory}/192.0.2.53-dnsrole`, "sync");
    expect(sim.members("web1")).toEqual([
      { key: "192.0.2.53", role: "sync", entry: { user: "root", host: "h", module: "cPanel" } },
    ]);
  });

  test("[I] accepts a new server while it runs, but not with a taken name", async () => {
    const { sim } = await simulate({ servers: { web1: { type: "cpanel" } } });
    const value = await sim.addServer("ns1", { type: "dnsonly" });
    expect(value).toBe(sim.servers.ns1);
    expect((await whm(value, "gethostname")).data).toEqual({ hostname: "ns1.example.com" });
    await expect(sim.addServer("ns1", { type: "dnsonly" })).rejects.toThrow(
      'already a simulated server "ns1"',
    );
  });

  test("[I] keeps what a topology file says of its servers", async () => {
    const sim = await startFromTopology({
      ns1: { type: "dnsonly", address: "192.0.2.53", version: "11.120.0.3", dnssec: true },
    });
    try {
      const { ns1 } = sim.servers;
      expect(ns1).toMatchObject({ address: "192.0.2.53", version: "11.120.0.3", dnssec: true });
      if (ns1) expect((await whm(ns1, "version")).data).toEqual({ version: "11.120.0.3" });
    } finally {
      await sim.stop();
    }
  });

  test("[I] closes all ports and open connections when it stops", async () => {
    const { sim, server, ssh } = await simulate({ servers: { ns1: { type: "dnsonly" } } });
    const client = await ssh("ns1");
    const closed = closeOf(client);
    await sim.stop();
    await closed;
    await expect(call(server("ns1"), "version")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("[I] listens on loopback only", async () => {
    const { server } = await simulate({ servers: { ns1: { type: "dnsonly" } } });
    const { connection } = server("ns1");
    const socket = connect({ host: "127.0.0.2", port: connection?.port ?? 0 });
    await expect(
      new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject)),
    ).rejects.toMatchObject({
      code: "ECONNREFUSED",
    });
  });

  test("[I] lets its process exit by itself after it stops, whatever was under way", async () => {
    const child = spawn(
      process.execPath,
      ["-r", "ts-node/register/transpile-only", join(__dirname, "helpers/stop-and-end.ts")],
      {
        cwd: join(__dirname, "../.."),
        timeout: 50_000,
        env: { ...process.env, TS_NODE_PROJECT: "tsconfig.check.json" },
      },
    );
    expect(await exitOf(child)).toBe(0);
  });
});

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("exit", resolve));
}
