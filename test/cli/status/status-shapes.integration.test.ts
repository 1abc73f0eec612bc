import { memberFile, writes } from "../../helpers/server-files";
import { putZone } from "../../helpers/zones";
import { watchCluster, type StatusJson, type WatchedCluster } from "./watched-cluster";

let cluster: WatchedCluster;
afterEach(async () => {
  expect(writes(cluster.sim)).toEqual([]);
  await cluster.stop();
});

const found = ({ findings }: StatusJson): string[] =>
  findings.map(({ server, peer, kind }) => [kind, server, ...(peer === undefined ? [] : [peer])].join(" "));

describe("servers that can't be read", () => {
  beforeEach(async () => {
    cluster = await watchCluster();
    for (const server of ["web1", "ns1"]) putZone(cluster.sim, server, "example.com");
  });

  test("[I] one that is down hides nothing of the others, and what it may hold is no finding", async () => {
    cluster.sim.fault("ns2", "refuse");
    cluster.sim.files("web1").write("/var/cpanel/clusterqueue/retry/1", "x");
    const data = await cluster.data("--zones", "example.com");
    expect(data).toMatchObject({ code: 3, well: false, unreadable: [{ server: "ns2" }] });
    expect(found(data)).toEqual(["queued-requests web1"]);
    expect(data.servers[2]).toMatchObject({ name: "ns2", up: false, version: null, zones: null });
    const { code, output } = await cluster.status();
    expect(code).toBe(3);
    expect(output).toMatch(/^3 servers: 1 warning, 1 could not be read\n/);
    expect(output).toMatch(/^ns2 +\? /m);
    expect(output).toContain("could not be read: Failed to open an SSH connection");
  });

  test("[I] a web server that is down leaves a chosen zone of its own unjudged where links don't tell", async () => {
    cluster.sim.fault("web1", "refuse");
    const data = await cluster.data("--zones", "example.com", "--zones", "other.example");
    expect(data).toMatchObject({ code: 3, findings: [], unreadable: [{ server: "web1" }] });
    expect(data.zones[0]).toMatchObject({ zone: "example.com", webServers: [], missingOn: [] });
  });

  test("[I] a wrong token is told with its server and never shown", async () => {
    cluster.reach((servers) => (servers["ns1"]!.api!.token = "WRONGTOKENWRONGTOKENWRONGTOKEN00"));
    const { code, output } = await cluster.status();
    expect(code).toBe(3);
    expect(output).toContain("[refused-credential]");
    expect(output).not.toContain("WRONGTOKEN");
  });

  test("[I] a server without a connection is told", async () => {
    cluster.reach((servers) => delete servers["ns1"]!.connection);
    const data = await cluster.data();
    expect(data).toMatchObject({ code: 3, unreadable: [{ server: "ns1" }] });
    expect(data.unreadable[0]?.message).toContain("Add connection:");
  });
});

describe("shapes", () => {
  test("[I] zones reach nameservers through an intermediary, a cPanel server may be a nameserver", async () => {
    cluster = await watchCluster({
      servers: {
        web1: { type: "cpanel" },
        hub: { type: "dnsonly" },
        ns1: { type: "cpanel", nameserver: true },
      },
      links: [
        { from: "web1", to: "hub", role: "write-only" },
        { from: "hub", to: "ns1", role: "sync" },
      ],
    });
    for (const server of ["web1", "hub"]) putZone(cluster.sim, server, "example.com");
    putZone(cluster.sim, "ns1", "own.example");
    const data = await cluster.data();
    expect(found(data)).toEqual(["zones-missing ns1 web1", "zones-orphaned ns1"]);
    expect(data.servers[2]).toMatchObject({ product: "cpanel", isNameserver: true });
  });

  test("[I] clusters beside each other are not compared", async () => {
    cluster = await watchCluster({
      servers: {
        web1: { type: "cpanel" },
        ns1: { type: "dnsonly" },
        web2: { type: "cpanel" },
        ns2: { type: "dnsonly" },
      },
      links: [
        { from: "web1", to: "ns1", role: "sync" },
        { from: "web2", to: "ns2", role: "sync" },
      ],
    });
    for (const server of ["web1", "ns1", "web2"]) putZone(cluster.sim, server, "example.com");
    const data = await cluster.data("--zones", "example.com");
    expect(found(data)).toEqual(["zone-missing ns2 web1"]);
    putZone(cluster.sim, "ns2", "example.com");
    expect(await cluster.data("--zones", "example.com")).toMatchObject({ code: 0, findings: [] });
  });

  test("[I] a zone on two web servers that feed one nameserver is a warning, a copy is none", async () => {
    const servers = { web1: { type: "cpanel" }, web2: { type: "cpanel" }, ns1: { type: "dnsonly" } } as const;
    const links = ["web1", "web2"].map((from) => ({ from, to: "ns1", role: "write-only" as const }));
    cluster = await watchCluster({ servers, links });
    for (const server of ["web1", "web2", "ns1"]) putZone(cluster.sim, server, "example.com");
    const data = await cluster.data();
    expect(found(data)).toEqual(["zones-duplicated web1 web2"]);
    expect(data).toMatchObject({ code: 1, zones: [{ zone: "example.com", duplicatedOn: ["web1", "web2"] }] });
    cluster.sim
      .files("web1")
      .write(memberFile("192.0.2.11"), "#version 2.0\nuser=root\nhost=web2\npass=X\nmodule=cPanel\n");
    cluster.sim.files("web1").write(`${memberFile("192.0.2.11")}-dnsrole`, "write-only");
    expect(found(await cluster.data())).toEqual(["token-unknown web1 web2"]);
  });

  test("[I] members are known by a public address and by an IPv6 address in another spelling", async () => {
    cluster = await watchCluster({
      servers: {
        web1: { type: "cpanel" },
        ns1: { type: "dnsonly", address: "10.0.0.5", publicAddress: "203.0.113.5" },
        ns2: { type: "dnsonly", address: "2001:DB8:0::5" },
      },
      links: [],
    });
    for (const [key, host] of [
      ["203.0.113.5", "ns1"],
      ["2001:db8::5", "ns2"],
    ] as const) {
      const token = cluster.sim.servers[host]!.api!.token!;
      cluster.sim
        .files("web1")
        .write(memberFile(key), `#version 2.0\nuser=root\nhost=${host}\npass=${token}\nmodule=cPanel\n`);
      cluster.sim.files("web1").write(`${memberFile(key)}-dnsrole`, "sync");
    }
    cluster.sim.files("web1").write("/var/cpanel/useclusteringdns", "");
    putZone(cluster.sim, "web1", "example.com");
    const data = await cluster.data();
    expect(data.members.map(({ peer }) => peer)).toEqual(["ns1", "ns2"]);
    expect(found(data).sort()).toEqual(["zones-missing ns1 web1", "zones-missing ns2 web1"]);
  });

  test("[I] ten thousand zones are one listing a server, and one line", async () => {
    cluster = await watchCluster();
    for (let at = 0; at < 10_000; at += 1)
      cluster.sim.files("web1").write(`/var/named/z${at}.example.db`, "");
    for (let at = 0; at < 9_990; at += 1) cluster.sim.files("ns1").write(`/var/named/z${at}.example.db`, "");
    const { output } = await cluster.status();
    expect(output).toContain("lacks 10 zones of web1");
    expect(output).toContain("lacks 10000 zones of web1: z0.example, z1.example");
    expect(output.length).toBeLessThan(3000);
    const listings = cluster.sim
      .journal()
      .filter(({ operation, target }) => /opendir/i.test(operation) && target === "/var/named");
    expect(listings.map(({ server }) => server).sort()).toEqual(["ns1", "ns2", "web1"]);
    expect((await cluster.data()).zones).toHaveLength(10_000);
  });

  test("[I] sixty servers with one trouble each stay compact", async () => {
    const names = Array.from({ length: 57 }, (_, at) => `web${at + 1}`);
    cluster = await watchCluster({
      servers: {
        ...Object.fromEntries(names.map((name) => [name, { type: "cpanel" as const }])),
        ns1: { type: "dnsonly" },
        ns2: { type: "dnsonly" },
        ns3: { type: "dnsonly" },
      },
      links: names.flatMap((from) =>
        ["ns1", "ns2", "ns3"].map((to) => ({ from, to, role: "sync" as const })),
      ),
    });
    for (const name of names) cluster.sim.files(name).write("/var/cpanel/clusterqueue/retry/1", "x");
    for (const name of names) cluster.sim.files(name).remove("/var/cpanel/useclusteringdns");
    const { code, output } = await cluster.status();
    expect(code).toBe(1);
    expect(output.split("\n").length).toBeLessThan(70);
    expect(output).toMatch(/^60 servers: 57 errors, 57 warnings\n/);
    expect(output).toContain("There are 57 findings of this kind: web1, web2, web3");
  }, 60_000);
});
