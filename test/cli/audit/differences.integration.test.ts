import type { Difference } from "../../../provider/survey";
import { clickEntries } from "../../helpers/clicked-cluster";
import { memberFile, writes } from "../../helpers/server-files";
import { editTokens } from "../../helpers/stored-tokens";
import {
  simulator,
  addressOf,
  topology,
  audit,
  dataOf,
  entry,
  role,
  write,
  type Spoil,
} from "./clicked-servers";

describe("audit finds through the back door", () => {
  test.each<[string, Spoil, Partial<Difference>]>([
    [
      "a link that is gone",
      () => [entry("ns1"), role("ns1")].forEach((path) => simulator.files("web1").remove(path)),
      { kind: "missing-link", server: "web1", peer: "ns1", declared: "sync", actual: null },
    ],
    [
      "another role",
      write("web1", () => role("ns1"), "write-only"),
      { kind: "role", server: "web1", peer: "ns1", declared: "sync", actual: "write-only" },
    ],
    [
      "a role file with CRLF",
      write("web1", () => role("ns1"), "sync\r\n"),
      { kind: "role", declared: "sync", actual: 'missing: the role file holds "sync\\r\\n"' },
    ],
    [
      "the long word for a role",
      write("web1", () => role("ns1"), "synchronize"),
      { kind: "role", actual: 'missing: the role file holds "synchronize"' },
    ],
    [
      "a role file without a member file",
      () => simulator.files("web1").remove(entry("ns1")),
      { kind: "role", actual: "missing: there is no member file" },
    ],
    [
      "clustering that is off",
      () => simulator.files("web1").remove("/var/cpanel/useclusteringdns"),
      { kind: "clustering-off", server: "web1", declared: "on", actual: "off" },
    ],
    [
      "a member that WHM has disabled",
      write("web1", () => `/var/cpanel/clusterqueue/status/${addressOf("ns1")}-down`, ""),
      { kind: "disabled-member", server: "web1", peer: "ns1" },
    ],
    [
      "a link that nobody has declared",
      () => clickEntries(simulator, [{ from: "ns1", to: "ns2", role: "write-only" }]),
      { kind: "undeclared-link", server: "ns1", peer: "ns2", declared: null, actual: "write-only" },
    ],
    [
      "a trust that is gone",
      () => [entry("web1"), role("web1")].forEach((path) => simulator.files("ns2").remove(path)),
      { kind: "missing-trust", server: "ns2", peer: "web1" },
    ],
    [
      "a trust that feeds",
      write("ns2", () => role("web1"), "sync"),
      { kind: "trust-role", server: "ns2", peer: "web1", actual: "sync" },
    ],
    [
      "a trusted address that is gone",
      () =>
        simulator.files("web1").write("/etc/ips.remotedns", `${addressOf("ns2")}0\n${addressOf("ns1")}\n`),
      { kind: "missing-trusted-address", server: "web1", peer: "ns2" },
    ],
    [
      "a token that has expired",
      () => editTokens(simulator, "ns1", (token) => ({ ...token, expires_at: 1_000_000_000 })),
      { kind: "expired-token", server: "ns1", peer: "web1", actual: "expired on 2001-09-09T01:46:40Z" },
    ],
    [
      "a token without the privilege",
      () => editTokens(simulator, "ns1", (token) => ({ ...token, acls: ["create-dns"] })),
      { kind: "token-without-clustering", server: "ns1", peer: "web1", actual: "create-dns" },
    ],
    [
      "a token that is not accepted from its user",
      () => editTokens(simulator, "ns1", (token) => ({ ...token, whitelist_ips: ["198.51.100.0/24"] })),
      { kind: "token-refused", server: "ns1", peer: "web1", actual: "198.51.100.0/24" },
    ],
    [
      "another product",
      write("ns2", () => "/var/cpanel/dnsonly", ""),
      { kind: "product", server: "ns2", declared: "cpanel", actual: "dnsonly" },
    ],
  ])("[I] %s", async (_title, spoil, expected) => {
    spoil();
    simulator.clearJournal();
    const { code, clean, differences, unreadable } = await dataOf();
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatchObject(expected);
    expect({ code, clean, unreadable }).toEqual({ code: 1, clean: false, unreadable: [] });
    expect(writes(simulator)).toEqual([]);
  });

  test("[I] a token with every privilege is known by its file too, and works", async () => {
    editTokens(simulator, "ns1", ({ name, create_time }) => ({ name, create_time }));
    expect(await dataOf()).toMatchObject({ code: 0 });
    const explicit = topology({
      apiTokens: [{ server: "ns1", users: ["web1"], whitelistIps: [addressOf("web1")] }],
    });
    expect((await dataOf({ declared: explicit })).differences).toMatchObject([
      { kind: "token-acls", declared: "clustering", actual: "all" },
      { kind: "token-addresses", actual: "any address" },
    ]);
  });

  test("[I] the nameserver and the version, if they are declared", async () => {
    const { web1, ...servers } = topology().servers;
    const declared = topology({
      servers: { ...servers, web1: { ...web1!, dnsServer: "bind", version: "11.130" } },
    });
    expect((await dataOf({ declared })).differences).toMatchObject([
      { kind: "version", server: "web1", declared: "11.130", actual: "11.136.0.5" },
      { kind: "nameserver", server: "web1", declared: "bind", actual: "powerdns" },
    ]);
  });

  test("[I] nothing in entries of other modules, standalone ones, and resellers' clusters", async () => {
    const files = simulator.files("ns1");
    files.write(memberFile("imh"), "#version 2.0\nuser=x\nmodule=imh\n");
    files.write(`${memberFile("imh")}-dnsrole`, "sync");
    clickEntries(simulator, [{ from: "ns1", to: "ns2", role: "standalone" }]);
    expect(await dataOf()).toMatchObject({ code: 0 });
  });

  test("[I] and says no secret anywhere", async () => {
    editTokens(simulator, "ns1", () => undefined);
    clickEntries(simulator, [{ from: "ns1", to: "ns2", role: "sync" }]);
    const secrets = Object.keys(simulator.servers).flatMap((name) =>
      Object.values(simulator.files(name).snapshot()).flatMap((text) => text.match(/(?<=pass=).+/g) ?? []),
    );
    const own = Object.values(simulator.servers).map(({ api }) => api!.token!);
    expect(secrets.length).toBeGreaterThan(3);
    for (const flags of [[], ["--json"], ["--markdown"], ["--junit"]]) {
      const { output, errors } = await audit(flags);
      expect(output).toContain("unknown-token");
      for (const secret of [...secrets, ...own]) expect(output + errors).not.toContain(secret);
    }
  });
});
