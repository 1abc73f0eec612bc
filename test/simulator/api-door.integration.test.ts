import { Agent } from "node:https";
import { createHash } from "node:crypto";
import { connect, type TLSSocket } from "node:tls";
import { tokenFileOf } from "../../provider/simulator/tokens";
import { clickEntries } from "../helpers/clicked-cluster";
import { call, whm } from "./helpers/https-client";
import { anything, containing, like, matching } from "./helpers/matchers";
import { simulate, stopSimulations, type Simulation } from "./helpers/simulation";

afterEach(stopSimulations);

function one(version?: string): Promise<Simulation> {
  return simulate({ servers: { ns1: { type: "dnsonly", ...(version ? { version } : {}) } } });
}

describe("the HTTPS API", () => {
  test("[I] answers in the envelope of API 1, to GET and POST, for users whm and WHM", async () => {
    const { server } = await one();
    const ns1 = server("ns1");
    const expected = {
      data: { version: "11.136.0.5" },
      metadata: { command: "version", reason: "OK", result: 1, version: 1 },
    };
    expect(await whm(ns1, "version")).toEqual(expected);
    const authorization = `WHM root:${ns1.api?.token}`;
    expect(await whm(ns1, "version", {}, { method: "POST", authorization })).toEqual(expected);
  });

  test("[I] has the certificate with the fingerprint of the server value", async () => {
    const { server } = await one();
    const { api } = server("ns1");
    const socket = await new Promise<TLSSocket>((resolve) => {
      const opened: TLSSocket = connect({ host: api?.host, port: api?.port, rejectUnauthorized: false }, () =>
        resolve(opened),
      );
    });
    expect(socket.getPeerCertificate().fingerprint256).toBe(api?.fingerprint);
    socket.destroy();
  });

  test("[I] answers several calls on one connection", async () => {
    const { server } = await one();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    let connections = 0;
    agent.on(
      "free",
      () => (connections = Object.keys(agent.sockets).length + Object.keys(agent.freeSockets).length),
    );
    for (let count = 0; count < 3; count += 1) await whm(server("ns1"), "version", {}, { agent });
    expect(connections).toBeLessThanOrEqual(1);
    agent.destroy();
  });

  test.each([
    ["a wrong secret", "whm root:WRONG"],
    ["another user", "whm nobody:WRONG"],
    ["no secret", "whm root"],
    ["another scheme", "Bearer WRONG"],
    ["a path for a user", "whm ../../x:WRONG"],
  ])("[I] answers %s with 403 and the old denial as plain text", async (_, authorization) => {
    const { server } = await one();
    const reply = await call(server("ns1"), "version?api.version=1", { authorization });
    expect(reply).toMatchObject({ status: 403, phrase: "Forbidden Access denied" });
    expect(reply.type).toMatch(/^text\/plain/);
    expect(JSON.parse(reply.text)).toEqual({
      cpanelresult: {
        apiversion: "2",
        error: "Access denied",
        data: { reason: "Access denied", result: "0" },
        type: "text",
      },
    });
  });

  test("[I] answers a request without a header with 401 and the log-in page", async () => {
    const { server } = await one();
    const reply = await call(server("ns1"), "version?api.version=1", { authorization: null });
    expect(reply.status).toBe(401);
    expect(reply.text).toContain("<html");
  });

  test("[I] answers a call without api.version in the format of API 0 and does nothing", async () => {
    const { server, sim } = await one();
    const before = sim.files("ns1").snapshot();
    const reply = await call(server("ns1"), "api_token_create?token_name=a");
    expect(JSON.parse(reply.text)).toEqual({ result: [like({ status: 0 })] });
    expect(sim.files("ns1").snapshot()).toEqual(before);
  });

  test("[I] answers an unknown function with result 0 and status 200", async () => {
    const { server } = await one();
    const { metadata } = await whm(server("ns1"), "enable_dns_clustering");
    expect(metadata).toMatchObject({
      result: 0,
      reason: 'Unknown app ("enable_dns_clustering") requested for this version (1) of the API.',
    });
  });

  test("[I] lets a token with clustering alone ask for trust, but not for tokens", async () => {
    const { server } = await one();
    const ns1 = server("ns1");
    const made = await whm(ns1, "api_token_create", { token_name: "a", "acl-0": "clustering" });
    const authorization = `whm root:${String(made.data?.token)}`;
    const asked = await whm(ns1, "cluster_member_has_trust_with", { host: "192.0.2.1" }, { authorization });
    expect(asked.data).toEqual({ has_trust: 0 });
    const listed = await whm(ns1, "api_token_list", {}, { authorization });
    expect(listed.metadata).toMatchObject({
      result: 0,
      reason: containing("required privileges"),
    });
    const own = await whm(ns1, "myprivs", {}, { authorization });
    expect(own.data?.privileges).toEqual([like({ clustering: 1, all: 0 })]);
  });

  test("[I] names the missing ACL in the reply to a trust question without clustering", async () => {
    const { server } = await one();
    const made = await whm(server("ns1"), "api_token_create", { token_name: "a", "acl-7": "status" });
    const authorization = `whm root:${String(made.data?.token)}`;
    const asked = await whm(
      server("ns1"),
      "cluster_member_has_trust_with",
      { host: "192.0.2.1" },
      { authorization },
    );
    expect(asked.metadata).toMatchObject({ result: 0, reason: containing("clustering ACL") });
  });

  test("[I] finds trust in a member file with that name or with that host line", async () => {
    const { server, sim } = await one();
    const ns1 = server("ns1");
    const directory = "/var/cpanel/cluster/root/config";
    sim
      .files("ns1")
      .write(`${directory}/192.0.2.1`, "#version 2.0\nuser=root\nhost=h\npass=P\nmodule=cPanel\n");
    sim.files("ns1").write(`${directory}/192.0.2.2`, "#version 2.0\nuser=root\nhost=198.51.100.7\npass=P\n");
    sim.files("ns1").write(`${directory}/192.0.2.2-dnsrole`, "standalone");
    const trusts = async (parameters: Record<string, string>): Promise<unknown> =>
      (await whm(ns1, "cluster_member_has_trust_with", parameters)).data?.has_trust;
    expect(await trusts({ host: "192.0.2.1" })).toBe(1);
    expect(await trusts({ host: "198.51.100.7" })).toBe(1);
    expect(await trusts({ host: "192.0.2.9", althost: "192.0.2.1" })).toBe(1);
    expect(await trusts({ host: "192.0.2.9", althost: "" })).toBe(0);
    const missing = await whm(ns1, "cluster_member_has_trust_with");
    expect(missing.metadata).toMatchObject({ result: 0, reason: matching(/^Missing argument/) });
  });

  test.each([
    ["11.83.0.9", 0],
    ["11.84.0.1", 1],
    ["84.0.1", 1],
  ])("[I] release %s has the trust function: %p", async (version, has) => {
    const { server } = await one(version);
    const { metadata } = await whm(server("ns1"), "cluster_member_has_trust_with", { host: "192.0.2.1" });
    expect(metadata.result).toBe(has);
    const { data } = await whm(server("ns1"), "applist");
    expect((data?.app as string[]).includes("cluster_member_has_trust_with")).toBe(has === 1);
  });

  test("[I] answers each command of a batch, and stops early only on request", async () => {
    const { server } = await one();
    const send = async (more: string): Promise<unknown> => {
      const path = `batch?api.version=1&command=gethostname&command=servicestatus%3Fservice%3Dnone&command=version${more}`;
      const { data } = JSON.parse((await call(server("ns1"), path)).text) as {
        data: { result: { metadata: object }[] };
      };
      return data.result.map(({ metadata }) => metadata);
    };
    const results = (...all: number[]): unknown => all.map((result) => like({ result }));
    expect(await send("")).toEqual(results(1, 0, 1));
    expect(await send("&abort_on_error=1")).toEqual(results(1, 0));
  });

  test("[I] answers a batch with an unknown function with status 500", async () => {
    const { server } = await one();
    const reply = await call(server("ns1"), "batch?api.version=1&command=version&command=nonesuch");
    expect(reply.status).toBe(500);
  });

  test("[I] listzones omits data if there is no zone", async () => {
    const { server, sim } = await one();
    expect(await whm(server("ns1"), "listzones")).not.toHaveProperty("data");
    sim.files("ns1").write("/var/named/example.com.db", "x");
    const { data } = await whm(server("ns1"), "listzones");
    expect(data).toEqual({ zone: [{ domain: "example.com", zonefile: "example.com.db" }] });
  });

  test("[I] listzones lists the zones of the whole cluster: its own, and those of members that it reads", async () => {
    const { server, sim } = await simulate({
      servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" }, ns2: { type: "dnsonly" } },
    });
    clickEntries(sim, [
      { from: "web1", to: "ns1", role: "sync" },
      { from: "web1", to: "ns2", role: "write-only" },
    ]);
    for (const name of ["web1", "ns1", "ns2"]) sim.files(name).write(`/var/named/${name}.example.db`, "x");
    sim.files("ns1").write("/var/named/web1.example.db", "x");
    const listed = async (name: string) => {
      const { zone } = (await whm(server(name), "listzones")).data as { zone: { domain: string }[] };
      return zone.map(({ domain }) => domain);
    };
    expect(await listed("web1")).toEqual(["ns1.example", "web1.example"]);
    expect(await listed("ns2")).toEqual(["ns2.example"]);
    sim.files("web1").remove("/var/cpanel/useclusteringdns");
    expect(await listed("web1")).toEqual(["web1.example"]);
  });

  test("[I] omits the state of a service that is not monitored", async () => {
    const { server } = await one();
    const { data } = await whm(server("ns1"), "servicestatus", { service: "dnsadmin" });
    expect(data?.service).toEqual([expect.not.objectContaining({ running: anything() })]);
  });

  test("[I] reports PowerDNS with its own key, and addresses behind NAT in pairs", async () => {
    const { server } = await simulate({
      servers: {
        ns1: { type: "dnsonly", dnsServer: "powerdns", address: "10.0.0.5", publicAddress: "203.0.113.5" },
      },
    });
    expect((await whm(server("ns1"), "installed_versions")).data).toHaveProperty("powerdns");
    const { data } = await whm(server("ns1"), "listips");
    expect(data?.ip).toEqual([like({ ip: "10.0.0.5", public_ip: "203.0.113.5", mainaddr: 1 })]);
  });

  test("[I] accepts exactly the tokens in the token file, also after changes outside the API", async () => {
    const { server, sim } = await one();
    const hash = createHash("sha512").update("BACKDOOR").digest("hex");
    const file = tokenFileOf("root");
    sim.files("ns1").write(file, JSON.stringify({ tokens: { [hash]: { name: "b", create_time: 1 } } }));
    expect((await call(server("ns1"), "version?api.version=1")).status).toBe(403);
    const { data } = await whm(server("ns1"), "api_token_list", {}, { authorization: "whm root:BACKDOOR" });
    expect(Object.keys(data?.tokens as object)).toEqual(["b"]);
  });
});
