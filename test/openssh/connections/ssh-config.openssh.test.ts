import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import type { Connection } from "../../../provider/schema/connection";
import { readConfiguration } from "../../../provider/servers/ssh/config/config-reading";
import { startTestbed, type Testbed } from "../../testbed/testbed";
import { homeFolder } from "../../helpers/home-folder";
import { directories } from "../../testbed/directories";

let testbed: Testbed;
const inHome = homeFolder();
beforeAll(async () => {
  mkdirSync(inHome(".ssh", "conf.d"));
  testbed = await startTestbed({
    servers: { web1: { type: "cpanel" }, web2: { type: "cpanel" }, ns1: { type: "dnsonly" } },
  });
});
afterAll(() => testbed.stop());

describe("a configuration of OpenSSH's client", () => {
  /** Keywords whose first value, or all of whose values, are compared. */
  const keywords = ["port", "proxyjump", "identitiesonly", "hostkeyalias", "user"];

  function byOpenSsh(file: string, host: string): Record<string, string[]> {
    const { stdout, stderr } = spawnSync("ssh", ["-G", "-F", file, host]);
    if (stdout.length === 0) throw new Error(stderr.toString());
    const found: Record<string, string[]> = {};
    for (const line of stdout.toString().trim().split("\n")) {
      const [keyword = "", ...words] = line.split(" ");
      (found[keyword] ??= []).push(words.join(" "));
    }
    return found;
  }

  const usual = { port: "22", identitiesonly: "no", user: os.userInfo().username };

  test.each([
    ["one host", "Host web1\n  HostName 192.0.2.10\n  Port 2222\n  User admin\n"],
    [
      "patterns and exclusions",
      "Host *.example.com !web2.example.com web?\n  Port 2222\nHost !web1 *\n  Port 3\n",
    ],
    ["the first value wins", "Port 1\nHost web1\n  Port 2\n  User a\nHost *\n  User b\n  Port 3\n"],
    [
      "several identity files",
      "Host web1\n  IdentityFile ~/.ssh/a\nHost *\n  IdentityFile ~/.ssh/b\n  IdentityFile ~/.ssh/a\n",
    ],
    ["tokens in the host name", "Host web*\n  HostName %h.example.com\n"],
    ["equals signs and quotes", 'Host=web1\n  Port=2222\n  User = "admin"\n\tIdentitiesOnly yes\n'],
    ["comments", "# Host web1\nHost web1 # main\n  Port 2222 # odd\n"],
    ["capitals", "HOST web1\n  PORT 2222\n  hostname WEB1.example.com\n"],
    ["a jump", "Host web1\n  ProxyJump admin@bastion:2222\nHost *\n  ProxyJump none\n"],
    ["no jump", "Host web1\n  ProxyJump none\nHost *\n  ProxyJump bastion\n"],
    ["a command before a jump", "Host web1\n  ProxyCommand none\nHost *\n  ProxyJump bastion\n"],
    [
      "Match host after HostName",
      "Host web1\n  HostName real.example.com\nMatch host real.example.com\n  Port 4\nMatch host web1\n  Port 5\n",
    ],
    ["Match originalhost", "Host web1\n  HostName real\nMatch originalhost web1,web2\n  Port 4\n"],
    ["Match user", "Match user admin\n  Port 1\nHost web1\n  User admin\nMatch user admin\n  Port 4\n"],
    ["Match all and negation", "Match !host web1\n  Port 1\nMatch all\n  Port 2\n"],
    ["Match final", "Match final host web1\n  Port 4\nHost web1\n  User a\nHost web1\n Port 5\n"],
    ["Match final alone", "Match final\n  Port 4\nHost web1\n  User a\n"],
    ["Match with a quoted list", 'Match originalhost "web1,web2" user "*"\n  Port 4\n'],
    ["an include", "Include conf.d/*\nHost *\n  Port 9\n"],
    ["an include in a section", "Host web2\n  Include conf.d/10-web\nHost *\n  Port 9\n"],
    ["an include of several files", "Include conf.d/20-all conf.d/10-web conf.d/missing\n"],
    ["an alias for the key", "Host web1\n  HostKeyAlias farm\n"],
  ])("[E] is read as OpenSSH reads it: %s", (_title, text) => {
    // OpenSSH looks below its user's own home, which is not this one.
    const file = inHome("config");
    writeFileSync(inHome(".ssh", "conf.d", "10-web"), "Host web1\n  Port 77\n  User included\n");
    writeFileSync(inHome(".ssh", "conf.d", "20-all"), "Port 88\nUser all\n");
    const included = (name: string): string => inHome(".ssh", name);
    writeFileSync(file, text.replace(/conf\.d\/\S+/g, included));
    for (const host of ["web1", "web2", "web1.example.com", "WEB1"]) {
      const expected = byOpenSsh(file, host);
      const reading = readConfiguration({ host, usualUser: usual.user }, file);
      const found = keywords.map((keyword) => {
        const value = reading.first(keyword) ?? usual[keyword as keyof typeof usual];
        return [keyword, value === undefined || value === "none" ? undefined : [value]];
      });
      const wanted = keywords.map((keyword) => {
        const values = expected[keyword];
        return [keyword, values?.[0] === "none" ? undefined : values];
      });
      expect([host, Object.fromEntries(found)]).toEqual([host, Object.fromEntries(wanted)]);
      if (reading.all("identityfile").length > 0)
        expect(reading.all("identityfile")).toEqual(expected["identityfile"]);
    }
  });
});

describe("a server that is found in OpenSSH's client configuration", () => {
  const directory = directories();
  const key = (): string => inHome(".ssh", "id_testbed");

  /** Reaches ns1 by a name that only the configuration knows. */
  async function version(config: string, change: Partial<Connection> = {}): Promise<string | undefined> {
    const { ns1 } = testbed.servers;
    const { privateKey, hostKey } = ns1!.connection!;
    writeFileSync(key(), privateKey!, { mode: 0o600 });
    const lines = Object.values(testbed.servers).map(
      ({ address }) => `[${address}]:${testbed.port} ${hostKey}`,
    );
    writeFileSync(inHome(".ssh", "known_hosts"), lines.join("\n"));
    writeFileSync(inHome(".ssh", "config"), config);
    const connection: Connection = { host: "ns1.alias", sshConfig: true, ...change };
    const files = await directory({ ns1: { ...ns1!, connection } })
      .get("ns1")
      .files();
    return files.read("/usr/local/cpanel/version");
  }

  const place = (name: string): string => {
    const { address } = testbed.servers[name]!;
    return `  HostName ${address}\n  Port ${testbed.port}\n  User root\n  IdentityFile ~/.ssh/id_testbed\n`;
  };

  test("[E] is reached with its address, port, user, key and known host", async () => {
    expect(await version(`Host ns1.alias\n${place("ns1")}  IdentitiesOnly yes\n`)).toBe("11.136.0.5\n");
  });

  test("[E] is reached through a chain of bastions, each of which is looked up", async () => {
    const before = testbed.sshd.count("Accepted publickey");
    const config =
      `Host ns1.alias\n${place("ns1")}  ProxyJump outer,inner\n` +
      `Host outer\n${place("web1")}Host inner\n${place("web2")}`;
    expect(await version(config)).toBe("11.136.0.5\n");
    expect(testbed.sshd.count("Accepted publickey") - before).toBe(3);
  });

  test("[E] is known by its alias in a file of its own", async () => {
    const known = inHome("farm");
    writeFileSync(known, `farm ${testbed.servers["ns1"]!.connection!.hostKey!}\n`);
    const config = (alias: string): string =>
      `Host ns1.alias\n${place("ns1")}  HostKeyAlias ${alias}\n  UserKnownHostsFile ${known}\n`;
    expect(await version(config("farm"))).toBe("11.136.0.5\n");
    await expect(version(config("other"))).rejects.toMatchObject({ code: "unknown-host-key" });
  });

  test("[E] follows the connection where both say something", async () => {
    const wrong = "Host ns1.alias\n  Port 1\n  User nobody\n  IdentityFile ~/.ssh/none\n";
    const { host, port, privateKey } = testbed.servers["ns1"]!.connection!;
    const given = { port: port!, user: "root", privateKey: privateKey! };
    expect(await version(`${wrong}  HostName ${host}\n`, given)).toBe("11.136.0.5\n");
  });

  test("[E] tells which keys could not be used if there is none", async () => {
    const config = `Host ns1.alias\n  HostName 127.0.0.1\n  IdentityFile ~/.ssh/none\n  IdentityAgent none\n`;
    await expect(version(config)).rejects.toMatchObject({
      code: "missing-credential",
      said: expect.stringContaining(".ssh/none (ENOENT)") as string,
    });
  });

  test("[E] is looked up in the file that is named", async () => {
    const file = inHome("other-config");
    writeFileSync(file, `Host ns1.alias\n${place("ns1")}`);
    expect(await version("Host ns1.alias\n  Port 1\n", { sshConfig: file })).toBe("11.136.0.5\n");
    expect(readFileSync(inHome(".ssh", "config"), "utf8")).toContain("Port 1");
  });
});
