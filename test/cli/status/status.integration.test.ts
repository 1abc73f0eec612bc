import { memberFile } from "../../helpers/server-files";
import { putZone } from "../../helpers/zones";
import { down } from "./watched-cluster";
import { cluster, files, ns1, found } from "./usual-cluster";

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
