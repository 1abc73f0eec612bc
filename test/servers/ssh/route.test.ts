import fs, { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import SSHConfig from "ssh-config";
import type { Connection } from "../../../provider/schema/connection";
import { ErrorReporter, isServerError, type ServerError } from "../../../provider/servers/errors";
import { dialledHost, routeTo, type RouteHop } from "../../../provider/servers/ssh/route";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(os.tmpdir(), "pulumi-whm-route-"));
  mkdirSync(join(home, ".ssh"));
  jest.spyOn(os, "homedir").mockReturnValue(home);
  // The machine's own configuration must not matter here.
  jest.spyOn(os, "userInfo").mockReturnValue({ ...os.userInfo(), username: "me" });
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(home, { recursive: true });
});

function route(config: string, connection: Partial<Connection> = {}): RouteHop[] {
  const file = join(home, "config");
  writeFileSync(file, config);
  return routeTo({ host: "web1", sshConfig: file, ...connection }, new ErrorReporter("web1"));
}

test("[U] a file is parsed once while it stays the same, and anew when it has changed", () => {
  const parse = jest.spyOn(SSHConfig, "parse");
  const portOf = (port: number) => route(`Host web1\n  Port ${port}\n`).at(-1)?.port;
  expect([portOf(2201), portOf(2201), portOf(2202), portOf(2201)]).toEqual([2201, 2201, 2202, 2201]);
  expect(parse).toHaveBeenCalledTimes(3);
});

function errorOf(work: () => unknown): ServerError | undefined {
  try {
    work();
  } catch (error) {
    return isServerError(error) ? error : undefined;
  }
  return undefined;
}

const placesOf = (hops: readonly RouteHop[]): string[] =>
  hops.map(({ user, host, port, field }) => `${user}@${host}:${port} ${field}`);

describe("the way to a server by OpenSSH's client configuration", () => {
  test("[U] ends with the server, and root logs in unless somebody else is named", () => {
    expect(placesOf(route("Host web1\n  HostName 192.0.2.10\n"))).toEqual(["root@192.0.2.10:22 connection"]);
    expect(placesOf(route("Host *\n  User admin\n  Port 2222\n"))).toEqual(["admin@web1:2222 connection"]);
    expect(placesOf(route("User admin\nPort 2222\n", { user: "root", port: 22 }))).toEqual([
      "root@web1:22 connection",
    ]);
  });

  test("[U] goes through each host of ProxyJump, which logs in as ssh does", () => {
    const config =
      "Host web1\n  ProxyJump outer,admin@inner:2222\nHost inner\n  HostName 192.0.2.1\n  ProxyJump other\n";
    expect(placesOf(route(config))).toEqual([
      "me@outer:22 connection.proxy.proxy",
      "admin@192.0.2.1:2222 connection.proxy",
      "root@web1:22 connection",
    ]);
  });

  test("[U] follows a ProxyJump of the first bastion itself", () => {
    const config = "Host web1\n  ProxyJump inner\nHost inner\n  ProxyJump ssh://admin@[2001:db8::1]:2222/\n";
    expect(placesOf(route(config))).toEqual([
      "admin@2001:db8::1:2222 connection.proxy.proxy",
      "me@inner:22 connection.proxy",
      "root@web1:22 connection",
    ]);
  });

  test("[U] takes the bastion of the connection instead of one of the configuration", () => {
    const hops = route("Host web1\n  ProxyCommand nc %h %p\n", { proxy: { host: "bastion" } });
    expect(placesOf(hops)).toEqual(["root@bastion:undefined connection.proxy", "root@web1:22 connection"]);
  });

  test("[U] hands the limits of a dial on to bastions, but not a host key that need not be checked", () => {
    const given = { dialErrorLimit: 1, perDialTimeout: 2, insecureSkipHostKeyCheck: true };
    const [bastion, server] = route("Host web1\n  ProxyJump inner\n", given);
    expect(bastion).toMatchObject({ dialErrorLimit: 1, perDialTimeout: 2 });
    expect(bastion).not.toHaveProperty("insecureSkipHostKeyCheck");
    expect(server).toMatchObject(given);
  });

  test("[U] expands tokens, variables and the home directory in paths", () => {
    process.env["ROUTE_KEYS"] = "keys";
    const config =
      "Host web1\n  HostName %h.example.com\n  User admin\n  Port 2222\n" +
      "  IdentityFile ~/${ROUTE_KEYS}/%n-%h-%p-%r-%%\n  UserKnownHostsFile %d/known ~/more\n" +
      "  CertificateFile ~/%n-cert.pub\n  CertificateFile none\n";
    const [{ identities, knownHosts }] = route(config) as [RouteHop];
    expect(identities?.files).toEqual([join(home, "keys/web1-web1.example.com-2222-admin-%")]);
    expect(identities?.certificates).toEqual([join(home, "web1-cert.pub")]);
    expect(knownHosts?.files.slice(0, 2)).toEqual([join(home, "known"), join(home, "more")]);
  });

  test("[U] names no keys if the connection has a credential, and the usual ones if nobody names any", () => {
    expect(route("IdentityFile ~/a\n", { password: "x" })[0]?.identities).toBeUndefined();
    const files = route("Host web2\n  IdentityFile ~/a\n")[0]?.identities?.files ?? [];
    expect(files.map((file) => file.slice(home.length))).toEqual([
      "/.ssh/id_rsa",
      "/.ssh/id_ecdsa",
      "/.ssh/id_ed25519",
    ]);
  });

  test.each([
    ["ProxyCommand", "ProxyCommand nc %h %p\n", "ssh_config sets ProxyCommand for web1", "connection.proxy"],
    ["BindAddress", "BindAddress 192.0.2.9\n", "sets BindAddress for web1", "Set it to none"],
    ["CanonicalizeHostname", "CanonicalizeHostname yes\n", "sets CanonicalizeHostname", "Set it to none"],
    ["KnownHostsCommand", "KnownHostsCommand /bin/keys %H\n", "sets KnownHostsCommand", "connection.hostKey"],
    ["PKCS11Provider", "PKCS11Provider /lib/card.so\n", "sets PKCS11Provider", "ssh-add -s"],
    ["Match exec", 'Match exec "true"\n  Port 3\n', 'below "Match exec"', "Host line"],
    [
      "Match localnetwork",
      "Match localnetwork 192.0.2.0/24\n  Port 3\n",
      '"Match localnetwork"',
      "Host line",
    ],
    ["an unknown token", "IdentityFile ~/%C\n", "%C in ~/%C", "Write its value"],
    ["a variable that is not set", "IdentityFile ~/${NOT_SET_HERE}\n", "${NOT_SET_HERE}", "Set it"],
    ["another user's home", "IdentityFile ~other/id\n", "~other/id", "whole path"],
    ["a port that is none", "Port ssh\n", "Port of ssh_config: must be a number", "ssh -G"],
    ["a host name with blanks", 'HostName "a b"\n', "HostName of ssh_config: must be a host name", "ssh -G"],
    [
      "a host name with a command",
      "HostName %h;reboot\n",
      "HostName of ssh_config: must be a host name",
      "ssh -G",
    ],
    [
      "a jump with a command",
      "ProxyJump a;reboot\n",
      "HostName of ssh_config: must be a host name",
      "ssh -G",
    ],
    ["a jump to nowhere", "ProxyJump a b\n", "ProxyJump a b names no host", "[user@]host[:port]"],
    ["a circle of jumps", "Host *\n  ProxyJump bastion\n", "more than 8 bastions", "Host * !bastion"],
    ["a file that includes itself", "Include CONFIG\n", "includes itself", "Remove"],
    ["a keyword without a value", "Host web1\n  Port\n  User a\n", "Port has no value", "ssh -F"],
    ["a quote that never ends", 'HostName "web1\n', "can't be parsed", "ssh -F"],
  ])("[U] refuses %s with the way out", (_title, config, said, wayOut) => {
    const file = join(home, "config");
    const refused = errorOf(() => route(config.replace("CONFIG", file)));
    expect(refused?.code).toBe("invalid-value");
    expect(refused?.said).toContain(said);
    expect(refused?.wayOut).toContain(wayOut);
    expect(() => dialledHost({ host: "web1", sshConfig: file })).not.toThrow();
  });

  test.each([
    ["Match exec about nothing that matters", 'Match exec "true"\n  ForwardAgent yes\n'],
    ["Match exec for another host", 'Match host web2 exec "true"\n  Port 3\n'],
    ["what concerns other hosts", "Host web2\n  ProxyCommand nc %h %p\n  BindAddress 192.0.2.9\n"],
    ["settings that have no effect here", "ControlMaster auto\nForwardAgent yes\nUseKeychain yes\n"],
    ["what is switched off", "ProxyCommand none\nCanonicalizeHostname no\nPKCS11Provider none\n"],
    ["nothing at all", ""],
  ])("[U] accepts %s", (_title, config) => {
    expect(placesOf(route(config))).toEqual(["root@web1:22 connection"]);
  });

  test("[U] refuses the user's own file and an included one if others can write it, as ssh does", () => {
    const own = join(home, ".ssh", "config");
    writeFileSync(own, "Port 2222\n");
    chmodSync(own, 0o664);
    expect(() => route("", { sshConfig: true })).toThrow("~/.ssh/config can be written by other users");
    expect(() => route(`Include ${own}\n`)).toThrow("can be written by other users");
    chmodSync(own, 0o644);
    expect(placesOf(route("", { sshConfig: true }))).toEqual(["root@web1:2222 connection"]);
  });

  test("[U] refuses the file of another user", () => {
    writeFileSync(join(home, ".ssh", "config"), "Port 2222\n");
    jest.spyOn(process, "getuid").mockReturnValue(4711);
    jest.spyOn(fs, "statSync").mockReturnValue({ uid: 4712, mode: 0o600 } as never);
    expect(() => route("", { sshConfig: true })).toThrow("belongs to another user (4712)");
  });

  test("[U] needs a file that is named, but not the usual ones", () => {
    expect(() => route("", { sshConfig: join(home, "none") })).toThrow("there is no such file");
    expect(placesOf(route("", { sshConfig: true }))).toHaveLength(1);
    expect(dialledHost({ host: "web1", sshConfig: join(home, "none") })).toBe("web1");
  });
});
