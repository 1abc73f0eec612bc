import { memberFile, writes } from "../../helpers/server-files";
import { addToken, editTokens } from "../../helpers/stored-tokens";
import { putZone, zoneFile } from "../../helpers/zones";
import { calls, down, watchCluster, type StatusJson, type WatchedCluster } from "./watched-cluster";

let cluster: WatchedCluster;
let files: WatchedCluster["sim"]["files"];
beforeEach(async () => {
  cluster = await watchCluster();
  files = (server) => cluster.sim.files(server);
});
afterEach(async () => {
  expect(writes(cluster.sim)).toEqual([]);
  await cluster.stop();
});

const [ns1, ns2] = ["192.0.2.11", "192.0.2.12"];
const day = 86_400;
const inDays = (days: number): number => Math.floor(Date.now() / 1000) + days * day + 60;
const found = ({ findings }: StatusJson): string[] =>
  findings.map(({ server, peer, kind }) => [kind, server, ...(peer === undefined ? [] : [peer])].join(" "));

describe("a cluster that is well", () => {
  test("[I] it has no finding and ends with 0, in data and in words", async () => {
    for (const server of ["web1", "ns1", "ns2"]) putZone(cluster.sim, server, "example.com");
    const data = await cluster.data("--zones", "example.com");
    expect(data).toMatchObject({ code: 0, well: true, findings: [], notes: [], unreadable: [] });
    expect(data.servers[0]).toEqual({
      name: "web1",
      up: true,
      product: "cpanel",
      version: "11.136.0.5",
      isNameserver: false,
      nameserver: "bind",
      clustering: true,
      membersInUse: 2,
      membersDisabled: 0,
      queue: 0,
      daysToNextExpiry: null,
      zones: 1,
    });
    expect(data.members[0]).toEqual({
      server: "web1",
      peer: "ns1",
      address: ns1,
      role: "sync",
      state: "in-use",
      calls: null,
      failed: null,
    });
    expect(data.tokens).toContainEqual({
      server: "ns1",
      name: "clicked_for_web1",
      known: true,
      expires: null,
      daysLeft: null,
      usedBy: ["web1"],
    });
    expect(data.zones).toEqual([
      {
        zone: "example.com",
        chosen: true,
        webServers: ["web1"],
        missingOn: [],
        duplicatedOn: [],
        serials: ["web1", "ns1", "ns2"].map((server) => ({
          server,
          serial: 2026112901,
          answered: server === "web1" ? null : 2026112901,
        })),
      },
    ]);
    const { code, output, errors } = await cluster.status("--zones", "Example.COM.");
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(output).toMatch(/^3 servers: well\n/);
    expect(output).toContain("example.com: serial 2026112901 on web1, ns1, ns2");
  });

  test("[I] a server without any queue is well: WHM makes it at the first call", async () => {
    files("web1").remove("/var/cpanel/clusterqueue");
    expect(await cluster.data()).toMatchObject({ code: 0, well: true });
  });

  test("[I] each server is logged in to once", async () => {
    await cluster.data("--zones", "example.com");
    const logins = cluster.sim
      .journal()
      .filter(({ door, operation }) => door === "ssh" && operation === "connect");
    expect(logins.map(({ server }) => server).sort()).toEqual(["ns1", "ns2", "web1"]);
  });
});

describe("members", () => {
  test("[I] one that WHM has disabled is an error with the count of failed calls", async () => {
    files("web1").write(calls(ns1), "11100\n");
    files("web1").write(down(ns1), "");
    const data = await cluster.data();
    expect(found(data)).toEqual(["member-disabled web1 ns1"]);
    expect(data.findings[0]).toMatchObject({
      severity: "error",
      message: expect.stringContaining("2 of 5 calls failed") as string,
    });
    expect(data).toMatchObject({
      code: 1,
      well: false,
      servers: [{ membersInUse: 1, membersDisabled: 1 }, {}, {}],
    });
    expect(data.members).toContainEqual(
      expect.objectContaining({ address: ns1, state: "disabled", calls: 5, failed: 2 }),
    );
  });

  test("[I] one that is disabled without a status file, or with another text in it, has no count", async () => {
    files("web1").write(down(ns1), "");
    files("web1").write(down(ns2), "");
    files("web1").write(calls(ns2), "never");
    const data = await cluster.data();
    expect(found(data)).toEqual(["member-disabled web1 ns1", "member-disabled web1 ns2"]);
    for (const { message } of data.findings) expect(message).toContain("no count of failures");
  });

  test("[I] failures are a warning from the third on", async () => {
    files("web1").write(calls(ns1), "1001");
    files("web1").write(calls(ns2), "10001");
    const data = await cluster.data();
    expect(found(data)).toEqual(["member-failing web1 ns2"]);
    expect(data.findings[0]?.severity).toBe("warning");
    expect(data.code).toBe(1);
  });

  test("[I] one that WHM does not list, and one without a member file, are told apart", async () => {
    files("web1").write(`${memberFile(ns1)}-dnsrole`, "sync\r\n");
    files("web1").remove(memberFile(ns2));
    expect(found(await cluster.data())).toEqual(["member-incomplete web1 ns2", "member-unseen web1 ns1"]);
  });

  test("[I] an address that no connection knows is told and not judged, its flag is", async () => {
    const stranger = "203.0.113.7";
    files("web1").write(
      memberFile(stranger),
      "#version 2.0\nuser=root\nhost=x\npass=STRANGE\nmodule=cPanel\n",
    );
    files("web1").write(`${memberFile(stranger)}-dnsrole`, "sync");
    const data = await cluster.data();
    expect(data).toMatchObject({ code: 0, well: true });
    expect(data.notes).toEqual([
      { server: "web1", message: `has 1 member that the connections do not know: ${stranger}` },
    ]);
    expect((await cluster.status()).output).toContain(`not judged: web1 has 1 member that`);
    files("web1").write(down(stranger), "");
    expect(found(await cluster.data())).toEqual([`member-disabled web1 ${stranger}`]);
  });

  test("[I] a reseller's own cluster is told and not judged", async () => {
    files("web1").write(
      "/var/cpanel/cluster/bob/config/203.0.113.7",
      "#version 2.0\nuser=bob\nhost=x\npass=OLD\nmodule=cPanel\n",
    );
    const data = await cluster.data();
    expect(data).toMatchObject({ code: 0, findings: [] });
    expect(data.notes).toEqual([
      { server: "web1", message: "holds a cluster of the reseller bob with 1 member" },
    ]);
  });

  test("[I] clustering that is off is an error where members are fed, and nothing where none is", async () => {
    for (const server of ["web1", "ns1"]) files(server).remove("/var/cpanel/useclusteringdns");
    const data = await cluster.data();
    expect(found(data)).toEqual(["clustering-off web1"]);
    expect(data.findings[0]?.message).toContain("2 members (ns1, ns2)");
    for (const address of [ns1, ns2]) files("web1").write(`${memberFile(address)}-dnsrole`, "standalone");
    expect(found(await cluster.data())).toEqual([]);
  });

  test("[I] requests that wait are a warning with their number", async () => {
    for (const name of ["1764460800.1", "1764460801.2", ".lock"])
      files("web1").write(`/var/cpanel/clusterqueue/retry/${name}`, "x");
    const data = await cluster.data();
    expect(found(data)).toEqual(["queued-requests web1"]);
    expect(data.findings[0]?.message).toContain("2 failed requests");
    expect(data.servers[0]).toMatchObject({ queue: 2 });
  });
});

describe("software", () => {
  test("[I] a server behind the newest release is a warning, another build of one release is not", async () => {
    files("ns1").write("/usr/local/cpanel/version", "11.134.0.2\n");
    files("ns2").write("/usr/local/cpanel/version", "11.136.0.9\n");
    const data = await cluster.data();
    expect(found(data)).toEqual(["version-skew ns1"]);
    expect(data.findings[0]?.message).toContain("runs cPanel 11.134, the newest here is 11.136");
  });

  test("[I] the nameserver that differs from most is a warning", async () => {
    files("ns2").write("/var/cpanel/cpanel.config", "a=1\nlocal_nameserver_type=powerdns\n");
    expect(found(await cluster.data())).toEqual(["nameserver-skew ns2"]);
  });

  test("[I] without a setting the flag for PowerDNS counts", async () => {
    files("ns2").write("/var/cpanel/cpanel.config", "a=1\n");
    expect((await cluster.data()).servers[2]).toMatchObject({ nameserver: "bind" });
    files("ns2").write("/var/cpanel/usepowerdns", "");
    expect((await cluster.data()).servers[2]).toMatchObject({ nameserver: "powerdns" });
  });

  test("[I] a disabled nameserver is an error on a server that gets zones, and normal on a web server", async () => {
    for (const server of ["web1", "ns1"])
      files(server).write("/var/cpanel/cpanel.config", "local_nameserver_type=disabled\n");
    expect(found(await cluster.data())).toEqual(["nameserver-disabled ns1"]);
  });
});

describe("tokens", () => {
  const expireIn = (server: string, days: number): void =>
    editTokens(cluster.sim, server, (token) => ({ ...token, expires_at: inDays(days) }));

  test("[I] one inside 30 days is a warning, one beyond is not, an expired one is an error", async () => {
    expireIn("ns1", 29);
    expireIn("ns2", 31);
    const data = await cluster.data();
    expect(found(data)).toEqual(["token-expiring ns1 web1"]);
    expect(data.findings[0]?.message).toContain("clicked_for_web1, which expires in 29 days");
    expect(data.servers.map(({ daysToNextExpiry }) => daysToNextExpiry)).toEqual([null, 29, 31]);
    expireIn("ns1", -2);
    const later = await cluster.data();
    expect(found(later)).toEqual(["token-expired ns1 web1"]);
    expect(later.tokens).toContainEqual(
      expect.objectContaining({ server: "ns1", name: "clicked_for_web1", known: true, daysLeft: -2 }),
    );
  });

  test("[I] --expires-within moves the border", async () => {
    expireIn("ns1", 29);
    expect((await cluster.data("--expires-within", "28")).code).toBe(0);
    expireIn("ns2", 31);
    expect(found(await cluster.data("--expires-within", "32"))).toEqual([
      "token-expiring ns1 web1",
      "token-expiring ns2 web1",
    ]);
  });

  test("[I] one that the peer does not know is an error on the server that stores it", async () => {
    editTokens(cluster.sim, "ns1", () => undefined);
    const data = await cluster.data();
    expect(found(data)).toEqual(["token-unknown web1 ns1"]);
    expect(data.tokens).toContainEqual({
      server: "ns1",
      name: null,
      known: false,
      expires: null,
      daysLeft: null,
      usedBy: ["web1"],
    });
  });

  test("[I] one of another user is told and not judged", async () => {
    const text = files("web1").read(memberFile(ns1))!;
    files("web1").write(
      memberFile(ns1),
      text.replace("user=root", "user=bob").replace(/pass=.*/, "pass=OTHER"),
    );
    const data = await cluster.data();
    expect(data).toMatchObject({ code: 0, findings: [] });
    expect(data.notes).toEqual([
      { server: "web1", message: "calls ns1 as the user bob, whose tokens are not read" },
    ]);
  });

  test("[I] one that nobody stores and that has expired is named with what to do", async () => {
    addToken(cluster.sim, "ns1", "old");
    editTokens(cluster.sim, "ns1", (token) =>
      token.name === "old" ? { ...token, expires_at: inDays(-9) } : token,
    );
    const data = await cluster.data();
    expect(found(data)).toEqual(["token-expired ns1"]);
    expect(data.findings[0]?.fix).toMatch(/^Revoke it on ns1/);
  });
});

describe("zones", () => {
  test("[I] those of a web server that a nameserver lacks are counted, the first ten named, all in data", async () => {
    const zones = Array.from({ length: 12 }, (_, at) => `z${String(at).padStart(2, "0")}.example`);
    for (const zone of zones) for (const server of ["web1", "ns1"]) putZone(cluster.sim, server, zone);
    const data = await cluster.data();
    expect(found(data)).toEqual(["zones-missing ns2 web1"]);
    expect(data.findings[0]?.message).toContain("lacks 12 zones of web1: z00.example, z01.example");
    expect(data.findings[0]?.message).toContain("z09.example and 2 more.");
    expect(data.zones.map(({ zone, missingOn }) => [zone, missingOn])).toEqual(
      zones.map((zone) => [zone, ["ns2"]]),
    );
    expect((await cluster.status()).output).not.toContain("z10.example");
  });

  test("[I] zones of a nameserver alone are a warning", async () => {
    putZone(cluster.sim, "ns1", "orphan.example");
    const data = await cluster.data();
    expect(found(data)).toEqual(["zones-orphaned ns1"]);
    expect(data.findings[0]?.message).toContain("1 zone that no web server read here has: orphan.example.");
  });

  test("[I] files that are no zones are nobody's business", async () => {
    for (const name of ["named.ca", ".hidden.db", "x.db.bak"]) files("web1").write(`/var/named/${name}`, "x");
    expect(await cluster.data()).toMatchObject({ code: 0, zones: [] });
  });

  test("[I] a member that is only standalone gets no zones", async () => {
    files("web1").write(`${memberFile(ns2)}-dnsrole`, "standalone");
    for (const server of ["web1", "ns1"]) putZone(cluster.sim, server, "example.com");
    expect(await cluster.data()).toMatchObject({ code: 0, zones: [] });
  });

  test("[I] a chosen zone with an older and a newer copy is found with both serials", async () => {
    putZone(cluster.sim, "web1", "example.com", 20);
    putZone(cluster.sim, "ns1", "example.com", 19);
    putZone(cluster.sim, "ns2", "example.com", 21);
    const data = await cluster.data("--zones", "example.com");
    expect(found(data)).toEqual(["serial-behind ns1 web1", "serial-ahead ns2 web1"]);
    const { output } = await cluster.status("--zones", "example.com");
    expect(output).toContain("example.com: serial 20 on web1; serial 19 on ns1; serial 21 on ns2");
  });

  test("[I] a nameserver that answers an older serial than its file, or refuses, is found with both", async () => {
    for (const server of ["web1", "ns1", "ns2"]) putZone(cluster.sim, server, "example.com", 20);
    cluster.answer("ns1", { serial: 19 });
    cluster.answer("ns2", { isSilent: false, said: "refuses to answer (REFUSED)" });
    const data = await cluster.data("--zones", "example.com");
    expect(found(data)).toEqual(["answers-older ns1", "answers-not ns2"]);
    expect(data.findings[0]).toMatchObject({
      message: "holds the zone example.com with serial 20 in its file and answers 19.",
      fix: expect.stringMatching(/^Reload its nameserver: on ns1 run rndc reload example.com\./) as string,
    });
    expect(data.zones[0]?.["serials"]).toEqual([
      { server: "web1", serial: 20, answered: null },
      { server: "ns1", serial: 20, answered: 19 },
      { server: "ns2", serial: 20, answered: null },
    ]);
    const { output } = await cluster.status("--zones", "example.com");
    expect(output).toContain(
      "example.com: serial 20 on web1; serial 20, answered 19 on ns1; serial 20, no answer on ns2",
    );
  });

  test("[I] nameservers that are all silent are told once, for any number of zones", async () => {
    for (const zone of ["a.example", "b.example"])
      for (const server of ["web1", "ns1", "ns2"]) putZone(cluster.sim, server, zone);
    for (const server of ["ns1", "ns2"]) cluster.answer(server, { isSilent: true, said: "does not answer" });
    const data = await cluster.data("--zones", "a.example,b.example");
    expect(data).toMatchObject({ code: 0, findings: [] });
    expect(data.notes).toEqual([
      {
        message:
          "no answer of ns1 and ns2 over DNS from this machine: only the serials in their files are compared",
      },
    ]);
    expect((await cluster.status("--zones", "a.example")).output).toContain("not judged: no answer of ns1");
  });

  test("[I] a chosen zone that one nameserver lacks is found once", async () => {
    for (const server of ["web1", "ns1"]) putZone(cluster.sim, server, "example.com");
    const data = await cluster.data("--zones", "example.com");
    expect(found(data)).toEqual(["zone-missing ns2 web1"]);
    expect(data.findings[0]?.fix).toContain("On web1");
  });

  test("[I] a chosen zone that nobody holds is missing on every nameserver", async () => {
    expect(found(await cluster.data("--zones", "exmaple.com"))).toEqual([
      "zone-missing ns1",
      "zone-missing ns2",
    ]);
  });

  test("[I] a file without an SOA record is found, and one that can't be read ends with 3", async () => {
    for (const server of ["web1", "ns1", "ns2"]) putZone(cluster.sim, server, "example.com");
    files("ns1").write(zoneFile("example.com"), "; nothing\n");
    expect(found(await cluster.data("--zones", "example.com"))).toEqual(["zone-without-soa ns1"]);
    files("ns1").remove(zoneFile("example.com"));
    files("ns1").write(`${zoneFile("example.com")}/inner`, "");
    const data = await cluster.data("--zones", "example.com");
    expect(data).toMatchObject({ code: 3, well: false, findings: [], unreadable: [{ server: "ns1" }] });
    expect(data.servers[1]).toMatchObject({ up: true });
    expect(data.unreadable[0]?.message).toContain(zoneFile("example.com"));
  });

  test("[I] zones are compared by the servers' own files, not by the list of the whole cluster", async () => {
    putZone(cluster.sim, "ns1", "other.example");
    expect((await cluster.data()).servers.map(({ zones }) => zones)).toEqual([0, 1, 0]);
    expect(cluster.sim.journal().filter(({ operation }) => operation === "listzones")).toEqual([]);
  });
});

test("[I] nothing secret is in any output: no token, no key, no zone", async () => {
  files("web1").write(down(ns1), "");
  for (const server of ["web1", "ns1"]) putZone(cluster.sim, server, "example.com");
  const pass = /^pass=(.*)$/m.exec(files("web1").read(memberFile(ns1))!)![1]!;
  const secrets = [
    pass,
    "what nobody may see",
    "PRIVATE KEY",
    ...Object.values(cluster.sim.servers).map(({ api }) => api!.token!),
  ];
  for (const how of [[], ["--json"], ["--prometheus"], ["--nagios"]]) {
    const { output, errors } = await cluster.status("--zones", "example.com", ...how);
    for (const secret of secrets) expect(output + errors).not.toContain(secret);
  }
});
