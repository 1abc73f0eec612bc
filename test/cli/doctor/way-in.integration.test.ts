import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import type { Connection } from "../../../provider/schema/connection";
import type { Servers } from "../../../provider/schema/server";
import { keyPair } from "../../servers/helpers/keys";
import type { SshHost } from "../../servers/helpers/ssh-host";
import {
  folder,
  simulator,
  report,
  checksOf,
  inState,
  connected,
  withConnection,
  host,
  dials,
  everyCheck,
} from "./examined-servers";

describe("doctor on the way in", () => {
  test("[I] a closed port is told quickly, with what was not tried; the other server is still checked", async () => {
    simulator.fault("ns1", "refuse", { door: "ssh" });
    const begun = performance.now();
    const { code, data } = await report({
      ...simulator.servers,
      ns1: { ...connected("ns1"), connection: { ...connected("ns1").connection, dialErrorLimit: -1 } },
    });
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(code).toBe(3);
    expect(data.well).toBe(false);
    expect(data.unreadable).toEqual([
      { server: "ns1", message: expect.stringContaining("ECONNREFUSED") as string },
    ]);
    expect(inState(data, "failed")).toEqual(["port"]);
    expect(inState(data, "skipped")).toEqual([
      ...["host-key", "login", "forwarding", "files", "product", "version", "register"],
    ]);
    expect(checksOf(data)["register"]?.message).toBe("not tried, because of port");
    expect(inState(data, "ok", "web1")).toEqual(everyCheck);
  });

  test("[I] a name in another script that leads nowhere is shown with its ASCII form", async () => {
    const { data } = await report(withConnection({ host: "w\u0435b1.invalid" }));
    expect(checksOf(data)["name"]?.message).toContain("w\u0435b1.invalid (xn--wb1-rdd.invalid)");
  });

  test("[I] a name that leads nowhere is reported once", async () => {
    const { api, connection, ...ns1 } = connected("ns1");
    const { host: _host, ...access } = api;
    const { code, data } = await report({
      ns1: { ...ns1, connection: { ...connection, host: "nowhere.invalid" }, api: access },
    });
    expect(code).toBe(3);
    expect(inState(data, "failed")).toEqual(["name"]);
    expect(checksOf(data)["name"]?.cure).toContain("Correct connection.host");
    expect(inState(data, "ok")).toEqual([]);
  });

  test.each([
    ["says nothing", undefined],
    ["is no SSH server", "HTTP/1.1 400 Bad Request\r\n\r\n"],
  ])("[I] a port where something answers that %s", async (_title, answer) => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on("error", () => undefined);
      if (answer !== undefined) socket.end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const { code, data } = await report(withConnection({ port, perDialTimeout: 0.3 }));
    sockets.forEach((socket) => socket.destroy());
    server.close();
    expect(code).toBe(3);
    expect(inState(data, "failed")).toEqual(["port"]);
    expect(inState(data, "ok")).toEqual(["name"]);
  });

  test("[I] a changed host key fails before any log-in", async () => {
    simulator.fault("ns1", "host-key-changed");
    const { code, data } = await report(simulator.servers);
    expect(code).toBe(3);
    expect(inState(data, "failed")).toEqual(["host-key"]);
    expect(checksOf(data)["host-key"]?.message.match(/SHA256:/g)).toHaveLength(2);
    expect(checksOf(data)["login"]?.state).toBe("skipped");
  });

  test("[I] an unknown host key fails with the command that adds it, and an unchecked one is a warning", async () => {
    const { hostKey: _hostKey, ...connection } = connected("ns1").connection;
    const unknown = await report({ ns1: { ...connected("ns1"), connection } });
    expect(inState(unknown.data, "failed")).toEqual(["host-key"]);
    expect(checksOf(unknown.data)["host-key"]?.cure).toContain("ssh-keyscan");
    const unchecked = await report({
      ns1: { ...connected("ns1"), connection: { ...connection, insecureSkipHostKeyCheck: true } },
    });
    expect(unchecked.code).toBe(0);
    expect(inState(unchecked.data, "warning")).toEqual(["host-key"]);
  });

  test("[I] a pinned key that is no key is a failure of the host key", async () => {
    const { code, data } = await report(withConnection({ hostKey: "AAAA" }));
    expect(code).toBe(3);
    expect(inState(data, "failed")).toEqual(["host-key"]);
    expect(checksOf(data)["name"]?.message).toBe("not tried, because of host-key");
  });

  test("[I] a refused key is tried once", async () => {
    const { code, data } = await report(withConnection({ privateKey: keyPair().privateKey }));
    expect(code).toBe(3);
    expect(inState(data, "failed")).toEqual(["login"]);
    expect(inState(data, "ok")).toEqual(["name", "port", "host-key"]);
    expect(data.unreadable.map(({ server }) => server)).toEqual(["ns1"]);
    expect(dials("ns1")).toBe(1);
  });

  test("[I] an encrypted key without its passphrase is told, and no server is dialled", async () => {
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs1", format: "pem", cipher: "aes-128-cbc", passphrase: "geheim" },
    });
    const { code, data } = await report(withConnection({ privateKey }));
    expect(code).toBe(3);
    expect(checksOf(data)["login"]).toMatchObject({
      state: "failed",
      cure: expect.stringContaining("privateKeyPassword") as string,
    });
    expect(dials("ns1")).toBe(0);
  });

  test("[I] an agent that is not there is told as such", async () => {
    const { privateKey: _key, ...connection } = connected("ns1").connection;
    const { code, data } = await report({
      ns1: { ...connected("ns1"), connection: { ...connection, agentSocketPath: join(folder, "agent") } },
    });
    expect(code).toBe(3);
    expect(inState(data, "failed")).toEqual(["login"]);
    expect(checksOf(data)["login"]?.message).toContain("does not answer");
    expect(checksOf(data)["login"]?.cure).toContain("ssh-add");
  });

  test("[I] a key file that is missing is a failure of the log-in", async () => {
    const { privateKey: _key, ...connection } = connected("ns1").connection;
    const { data } = await report({
      ns1: { ...connected("ns1"), connection: { ...connection, privateKeyFile: join(folder, "id") } },
    });
    expect(checksOf(data)["login"]?.message).toContain("ENOENT");
  });

  test("[I] a server with neither connection nor api can't be read; with api alone its tokens can be managed", async () => {
    const { connection: _connection, api: _api, ...bare } = connected("ns1");
    const { connection: _unused, ...withToken } = connected("web1");
    const { code, data } = await report({ ns1: bare, web1: withToken });
    expect(code).toBe(3);
    expect(data.unreadable.map(({ server }) => server)).toEqual(["ns1"]);
    expect(inState(data, "failed")).toEqual(["connection"]);
    expect(inState(data, "warning", "web1")).toEqual(["connection"]);
    expect(inState(data, "ok", "web1")).toEqual(["version", "api", "token", "privileges", "clock"]);
  });

  test("[I] with api alone a dead API means that the server can't be read", async () => {
    simulator.fault("ns1", "refuse", { door: "api" });
    const { connection: _connection, ...ns1 } = connected("ns1");
    const { code, data } = await report({ ns1 });
    expect(code).toBe(3);
    expect(inState(data, "failed")).toEqual(["api"]);
    expect(inState(data, "skipped")).toEqual(["version", "token", "privileges", "clock"]);
  });
});

describe("doctor behind a bastion", () => {
  /** Puts a bastion before ns1. */
  function behind({ connection }: SshHost, change: Partial<Connection> = {}, proxy: object = {}): Servers {
    const { dialErrorLimit: _limit, ...hop } = connection;
    return withConnection({ ...change, proxy: { ...hop, ...proxy } });
  }

  test("[I] both are well", async () => {
    const { code, data } = await report(behind(await host({ forwarding: true })));
    expect(code).toBe(0);
    expect(Object.keys(checksOf(data))[0]).toBe("bastion");
  });

  test("[I] a bastion that refuses the log-in is blamed, and not the server", async () => {
    const bastion = await host({ forwarding: true });
    const { code, data } = await report(behind(bastion, {}, { privateKey: keyPair().privateKey }));
    expect(code).toBe(3);
    expect(inState(data, "failed")).toEqual(["bastion"]);
    expect(checksOf(data)["bastion"]?.message).toContain(
      `the bastion 127.0.0.1 port ${bastion.connection.port}`,
    );
    expect(inState(data, "ok")).toEqual([]);
    expect(bastion.counts.refusals).toBe(1);
  });

  test("[I] a bastion that does not forward is blamed", async () => {
    const { data } = await report(behind(await host()));
    expect(inState(data, "failed")).toEqual(["bastion"]);
    expect(checksOf(data)["bastion"]?.cure).toContain(
      "AllowTcpForwarding yes in the sshd_config of the bastion",
    );
  });

  test("[I] of two bastions the one that does not forward is blamed, and the other one named", async () => {
    const [outer, inner] = [await host(), await host({ forwarding: true })];
    const { data } = await report(behind(inner, {}, { proxy: outer.connection }));
    expect(inState(data, "failed")).toEqual(["bastion"]);
    const [first, second] = [outer, inner].map(({ connection }) => `127.0.0.1 port ${connection.port}`);
    expect(checksOf(data)["bastion"]?.message).toContain(
      `the bastion ${first} does not forward to ${second}`,
    );
  });

  test("[I] two bastions that let through are both named", async () => {
    const [outer, inner] = [await host({ forwarding: true }), await host({ forwarding: true })];
    const { code, data } = await report(behind(inner, {}, { proxy: outer.connection }));
    expect(code).toBe(0);
    const [first, second] = [outer, inner].map(({ connection }) => `127.0.0.1 port ${connection.port}`);
    expect(checksOf(data)["bastion"]?.message).toBe(`${first} and ${second} let through`);
  });

  test("[I] a server that the bastion does not reach is blamed itself", async () => {
    simulator.fault("ns1", "refuse", { door: "ssh" });
    const { data } = await report(behind(await host({ forwarding: true })));
    expect(inState(data, "ok")).toEqual(["bastion", "name"]);
    expect(inState(data, "failed")).toEqual(["port"]);
  });

  test("[I] an API that is called past the bastion says so", async () => {
    simulator.fault("ns1", "refuse", { door: "api" });
    const servers = behind(await host({ forwarding: true }));
    const { host: _host, ...api } = connected("ns1").api;
    const { data } = await report({ ...servers, ns1: { ...servers["ns1"], api } });
    expect(checksOf(data)["api"]?.cure).toContain("not through the bastion");
  });

  test("[I] an API that is called past a bastion of ssh_config says so, and the bastion is listed", async () => {
    simulator.fault("ns1", "refuse", { door: "api" });
    const { connection: gate } = await host({ forwarding: true });
    const { connection, api: given, ...ns1 } = connected("ns1");
    const [config, key, known] = ["config", "key", "known"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(key, gate.privateKey as string, { mode: 0o600 });
    writeFileSync(known, `[127.0.0.1]:${gate.port} ${gate.hostKey as string}\n`);
    const bastion = `Host gate\n  HostName 127.0.0.1\n  Port ${gate.port}\n  User ${gate.user}\n  IdentityFile ${key}\n  UserKnownHostsFile ${known}\n`;
    writeFileSync(config, `Host inner\n  HostName 127.0.0.1\n  ProxyJump gate\n${bastion}`);
    const { host: _host, ...api } = given;
    const behindGate = { ...connection, host: "inner", sshConfig: config };
    const { data } = await report({ ns1: { ...ns1, connection: behindGate, api } });
    expect(inState(data, "failed")).toEqual(["api"]);
    expect(checksOf(data)["bastion"]).toMatchObject({ state: "ok" });
    expect(checksOf(data)["api"]?.cure).toContain("not through the bastion");
  });
});
