import { memberFile } from "../../helpers/server-files";
import { putZone, zoneFile } from "../../helpers/zones";
import { cluster, files, ns2, found } from "./usual-cluster";

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
