import type { remote } from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import * as whm from "../../../provider";
import { mockEngine, registrations, valueOf, type MockedResource } from "../../helpers/mocked-engine";

const hostKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPLACEHOLDER";
const connection = {
  host: "127.0.0.1",
  port: 2222,
  privateKey: "PLANTEDKEY",
  hostKey: `web1,10.0.0.1 ${hostKey} note`,
};
const web1 = { type: "cpanel", address: "192.0.2.10", connection } as const;
const web2 = { ...web1, address: "192.0.2.11" };
const primary = { type: "cpanel", nameserver: true, intermediary: true, address: "192.0.2.52" } as const;
const ns1 = { type: "dnsonly", address: "192.0.2.53" } as const;
const ns2 = { type: "dnsonly", address: "192.0.2.54" } as const;
const direct = (webServers: whm.ServersByName = { web1 }) =>
  whm.directLinks({ webServers, nameservers: { ns1, ns2 } });

/** The connection of web1's command: our type does not promise it. */
function connectionOf(cluster: whm.DnsCluster): unknown {
  return (cluster.synchronisations["web1"] as remote.Command).connection;
}

describe("syncAfterChange, without an engine", () => {
  let registered: MockedResource[];
  beforeEach(() => {
    registered = mockEngine();
  });

  const commands = async () => {
    await registrations();
    return registered.filter(({ type }) => type === "command:remote:Command");
  };
  /** What a program with this mistake is told. */
  const refusal = (made: () => unknown): string => {
    try {
      made();
    } catch (error) {
      return (error as Error).message;
    }
    return "nothing";
  };

  test("[U] synchronises nothing by default", async () => {
    const cluster = new whm.DnsCluster("prod", direct());
    new whm.DnsCluster("other", {
      ...direct({ web9: { ...web1, address: "192.0.2.99" } }),
      syncAfterChange: false,
    });
    expect(await commands()).toEqual([]);
    expect(cluster.synchronisations).toEqual({});
  });

  test("[U] synchronises every web server once, with the exact command, when one of its own links changes", async () => {
    const cluster = new whm.DnsCluster("prod", { ...direct({ web1, web2 }), syncAfterChange: true });
    const made = await commands();
    expect(made.map(({ name }) => name).sort()).toEqual(["prod-web1-sync", "prod-web2-sync"]);
    expect(Object.keys(cluster.synchronisations)).toEqual(["web1", "web2"]);
    const { inputs } = made[0]!;
    expect(inputs["triggers"]).toEqual(["ns1 sync 192.0.2.53", "ns2 sync 192.0.2.54"]);
    expect(inputs["create"]).toContain("=$(/usr/local/cpanel/scripts/dnscluster syncall 2>&1);");
    expect(inputs["create"]).not.toMatch(/dnscluster[^;]*-[fF]|--f/);
    expect(inputs["update"]).toBe("true");
    expect(inputs).not.toHaveProperty("delete");
  });

  test("[U] ignores the order of links and standalone links", async () => {
    const { servers, links } = direct();
    const trusted = { ...web2, type: "cpanel" } as const;
    new whm.DnsCluster("prod", {
      servers: { ...servers, web2: trusted },
      links: [...links, ...direct({ web2: trusted }).links].reverse(),
      trusts: [{ server: "web2", peer: "web1" }],
      syncAfterChange: true,
    });
    const [first] = (await commands()).filter(({ name }) => name === "prod-web1-sync");
    expect(first?.inputs["triggers"]).toEqual(["ns1 sync 192.0.2.53", "ns2 sync 192.0.2.54"]);
  });

  test("[U] does not synchronise an intermediary", async () => {
    const withPrimary = whm.primaryNameserver({
      webServers: { web1 },
      primary: { primary },
      nameservers: { ns1, ns2 },
    });
    new whm.DnsCluster("prod", { ...withPrimary, syncAfterChange: true });
    expect((await commands()).map(({ name }) => name)).toEqual(["prod-web1-sync"]);
  });

  test("[U] stores the connection as a secret with only the fields that @pulumi/command knows", async () => {
    const proxy = { host: "192.0.2.1", password: "PLANTEDPASSWORD", hostKey };
    const more = { ...connection, user: "root", dialErrorLimit: 3, perDialTimeout: 5, proxy };
    const cluster = new whm.DnsCluster("prod", {
      ...direct({ web1: { ...web1, connection: more } }),
      syncAfterChange: true,
    });
    const given = connectionOf(cluster) as pulumi.Output<unknown>;
    // What is not given is filled in by that package, with the same defaults as ours.
    const filledIn = { user: "root", port: 22, dialErrorLimit: 10, perDialTimeout: 15 };
    expect(await valueOf(given)).toEqual({ ...more, hostKey, proxy: { ...filledIn, ...proxy } });
    expect(await pulumi.isSecret(given)).toBe(true);
  });

  test("[U] finds the connection in a provider's servers and in the stack's configuration", async () => {
    const provider = new whm.Provider("whm", { servers: { web1, ns1, ns2 } });
    const { links } = direct();
    const cluster = new whm.DnsCluster("prod", { links, syncAfterChange: true }, { provider });
    const given = connectionOf(cluster) as pulumi.Output<{ privateKey?: string }>;
    expect((await valueOf(given)).privateKey).toBe("PLANTEDKEY");

    registered = mockEngine({ "whm:servers": JSON.stringify({ web1, ns1, ns2 }) });
    const configured = new whm.DnsCluster("prod", { links, syncAfterChange: true });
    const found = connectionOf(configured) as pulumi.Output<{ privateKey?: string }>;
    expect((await valueOf(found)).privateKey).toBe("PLANTEDKEY");
  });

  test.each([
    [
      "a key file",
      { ...connection, privateKey: undefined, privateKeyFile: "~/.ssh/id" },
      "privateKeyFile: is read when",
    ],
    [
      "a key in an environment variable",
      { ...connection, passwordEnv: "PASSWORD" },
      "passwordEnv: is read when it is used and never stored",
    ],
    ["no host key", { ...connection, hostKey: undefined }, "hostKey: must be the server's public key"],
    [
      "a proxy behind a proxy",
      { ...connection, proxy: { ...connection, proxy: connection } },
      "proxy.proxy: @pulumi/command goes through one bastion only",
    ],
    [
      "a login with sudo",
      { ...connection, user: "deploy", sudo: true },
      "sudo: @pulumi/command runs commands",
    ],
    ["a proxy without a host key", { ...connection, proxy: { host: "192.0.2.1" } }, "proxy.hostKey: must be"],
  ])("[U] refuses %s before anything is created, and names the way out", async (_what, wrong, text) => {
    const servers = { web1: { ...web1, connection: wrong as whm.ConnectionArgs } };
    const message = refusal(() => new whm.DnsCluster("prod", { ...direct(servers), syncAfterChange: true }));
    expect(message).toContain(
      "The connection of web1, as syncAfterChange of the cluster prod needs it, is malformed:",
    );
    expect(message).toContain(text);
    expect(message).not.toContain("PLANTED");
    await registrations();
    expect(registered.map(({ type }) => type)).toEqual(["whm:index:DnsCluster"]);
  });

  test("[U] refuses a server without a connection, but not one whose host key is not checked", async () => {
    const without = { web1: { type: "cpanel", address: "192.0.2.10" } } as const;
    expect(
      refusal(() => new whm.DnsCluster("prod", { ...direct(without), syncAfterChange: true })),
    ).toContain("(root): must be given");
    const careless = { ...connection, hostKey: undefined, insecureSkipHostKeyCheck: true };
    const { hostKey: _key, ...rest } = careless;
    new whm.DnsCluster("careless", {
      ...direct({ web1: { ...web1, connection: rest } }),
      syncAfterChange: true,
    });
    expect((await commands()).map(({ name }) => name)).toEqual(["careless-web1-sync"]);
  });

  test("[U] checks a connection from another resource once it is known", async () => {
    const later = pulumi.output({ ...connection, hostKey: pulumi.output(hostKey) });
    const cluster = new whm.DnsCluster("prod", {
      ...direct({ web1: { ...web1, connection: later } }),
      syncAfterChange: true,
    });
    const given = connectionOf(cluster) as pulumi.Output<{ hostKey?: string }>;
    expect((await valueOf(given)).hostKey).toBe(hostKey);
  });
});
