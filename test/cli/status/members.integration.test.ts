import { memberFile } from "../../helpers/server-files";
import { addToken, editTokens } from "../../helpers/stored-tokens";
import { calls, down } from "./watched-cluster";
import { cluster, files, ns1, ns2, inDays, found } from "./usual-cluster";

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

  test("[I] a server that is stored twice is a warning in one sentence", async () => {
    files("web1").write(memberFile("203.0.113.7"), files("web1").read(memberFile(ns1))!);
    files("web1").write(`${memberFile("203.0.113.7")}-dnsrole`, "sync");
    const data = await cluster.data();
    expect(found(data)).toEqual(["member-duplicated web1 ns1"]);
    expect(data.findings[0]!.message).toBe(
      `stores ns1 twice, under ${ns1} and 203.0.113.7; WHM allows one member for a host name.`,
    );
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
