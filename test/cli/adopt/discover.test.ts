import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import type { Servers } from "../../../provider/schema/server";
import { ServerRegistry, type FoundMember } from "../../../provider/servers";
import { Discovery } from "../../../provider/cli/adopt/discover";
import { firstServer } from "../../../provider/cli/adopt/first-server";
import { blocksToFillIn } from "../../../provider/cli/adopt/logins-to-fill-in";
import { parse } from "yaml";
import { makeKeyPair } from "../../../provider/simulator/credentials";
import { memberAt, standing } from "../../survey/audit/standing";

/** web1 with members. */
function web1With(...members: FoundMember[]) {
  const { servers } = standing({ servers: { web1: { type: "cpanel" } }, links: [] });
  return new Map([["web1", { ...servers.get("web1")!, members }]]);
}

const login = { host: "web1.example.com", user: "admin", port: 2222, hostKey: "ssh-ed25519 AAAA" };
const ns1 = memberAt("192.0.2.53", "sync", "NS1.example.com");
const ns1Outside = memberAt("203.0.113.53", "sync", "ns1.example.com");

let home: string;
const agent = process.env["SSH_AUTH_SOCK"];
beforeEach(() => {
  home = mkdtempSync(join(os.tmpdir(), "whm-home-"));
  mkdirSync(join(home, ".ssh"));
  jest.spyOn(os, "homedir").mockReturnValue(home);
  delete process.env["SSH_AUTH_SOCK"];
});
afterEach(() => {
  rmSync(home, { recursive: true });
  jest.restoreAllMocks();
  if (agent === undefined) delete process.env["SSH_AUTH_SOCK"];
  else process.env["SSH_AUTH_SOCK"] = agent;
});

describe("servers that member files name", () => {
  test("[U] are logged in to as the first one, at their address, with no host key of another server", async () => {
    const registry = new ServerRegistry({});
    expect(await new Discovery(registry, login).follow(web1With(ns1))).toEqual(["ns1"]);
    expect(registry.get("ns1").settings).toEqual({
      type: "cpanel",
      address: "192.0.2.53",
      hostname: "ns1.example.com",
      connection: { host: "192.0.2.53", user: "admin", port: 2222 },
    });
  });

  test.each([
    ["the host key that is known for the host name", "[ns1.example.com]:2222", true],
    ["no other one when the address has its own", "[ns1.example.com]:2222,[192.0.2.53]:2222", false],
    ["no revoked one", "@revoked [ns1.example.com]:2222", false],
    ["none of another port", "ns1.example.com", false],
  ])("[U] are expected to show %s", async (_title, patterns, isTaken) => {
    const key = makeKeyPair().publicKey.split(" ").slice(0, 2).join(" ");
    writeFileSync(join(home, ".ssh", "known_hosts"), `${patterns} ${key}\n`);
    const registry = new ServerRegistry({});
    await new Discovery(registry, login).follow(web1With(ns1));
    expect(registry.get("ns1").settings.connection?.hostKey).toBe(isTaken ? key : undefined);
  });

  test("[U] are dialled at one address after the other, for what is read at the first tells of the second", async () => {
    const registry = new ServerRegistry({});
    const discovery = new Discovery(registry, login);
    const found = web1With(ns1, ns1Outside);
    expect(await discovery.follow(found)).toEqual(["ns1"]);
    expect(await discovery.follow(found)).toEqual(["ns1", "ns1.example.com"]);
  });

  test("[U] are those alone that WHM sees at an address", async () => {
    const backup = memberAt("192.0.2.54.bak", "sync", "ns2.example.com");
    const orphan = { ...memberAt("192.0.2.55", "sync", "ns3.example.com"), role: undefined };
    const other = memberAt("192.0.2.56", "sync", "ns4.example.com", "SECRET", "imh");
    const discovery = new Discovery(new ServerRegistry({}), undefined);
    expect(await discovery.follow(web1With(backup, orphan, other))).toEqual([]);
    expect([...discovery.unknown.keys()]).toEqual([]);
  });
});

describe("the file to fill in", () => {
  async function blocks(connections: Servers, ...members: FoundMember[]): Promise<string> {
    const discovery = new Discovery(new ServerRegistry(connections), undefined);
    await discovery.follow(web1With(...members));
    const unknown = [...discovery.unknown.values()];
    return blocksToFillIn({ start: { connections, names: ["web1"] }, unknown });
  }

  test("[U] asks once for a server with two addresses, and suggests the first server's way without its secrets", async () => {
    const proxy = { host: "bastion.example.com" };
    const web1 = { type: "cpanel" as const, connection: { ...login, password: "open sesame", proxy } };
    const insideNs1 = memberAt("10.0.0.53", "sync", "ns1.example.com");
    const text = await blocks({ web1 }, ns1Outside, insideNs1);
    expect(parse(text)).toEqual({
      ns1: {
        type: "cpanel",
        address: "10.0.0.53",
        publicAddress: "203.0.113.53",
        hostname: "ns1.example.com",
        connection: {
          host: "ns1.example.com",
          user: "admin",
          port: 2222,
          proxy,
          privateKeyFile: "~/.ssh/id_ed25519",
        },
      },
    });
    expect(text).not.toContain("open sesame");
  });

  test("[U] suggests no key where the first server is reached with an agent", async () => {
    const web1 = { type: "cpanel" as const, connection: { host: "web1.example.com" } };
    const text = await blocks({ web1 }, memberAt("192.0.2.53", "sync", "192.0.2.53"));
    expect(parse(text)).toEqual({
      "192.0.2.53": {
        type: "cpanel",
        address: "192.0.2.53",
        connection: { host: "192.0.2.53", user: "root" },
      },
    });
  });
});

describe("the server to begin with", () => {
  const web1 = { type: "cpanel" as const, address: "192.0.2.10", connection: { host: "w", password: "x" } };

  test.each(["web1", "192.0.2.10", "w"])("[U] is the connection that %s means", (text) => {
    expect(firstServer(text, { web1 })).toEqual({ name: "web1", settings: web1 });
  });

  test("[U] never takes the name of another connection", () => {
    expect(firstServer("web1.example.org", { web1 }).name).toBe("web1.example.org");
    expect(firstServer("admin@web2.example.org:2222", { web1 })).toEqual({
      name: "web2",
      settings: { type: "cpanel", connection: { host: "web2.example.org", user: "admin", port: 2222 } },
    });
  });

  test("[U] is reached with OpenSSH's usual key where there is no agent", () => {
    for (const name of ["id_rsa", "id_ecdsa"]) writeFileSync(join(home, ".ssh", name), "");
    expect(firstServer("web1", {}).settings.connection).toMatchObject({ privateKeyFile: "~/.ssh/id_ecdsa" });
    process.env["SSH_AUTH_SOCK"] = join(home, "agent");
    expect(firstServer("web1", {}).settings.connection).toEqual({ host: "web1", user: "root" });
  });
});
