import { differenceKinds, type DifferenceKind } from "../../../provider/survey";
import { clickEntries } from "../../helpers/clicked-cluster";
import { sampleOf } from "../../helpers/sample";
import { memberFile, writesButSigns } from "../../helpers/server-files";
import { addToken, editTokens } from "../../helpers/stored-tokens";
import {
  audit,
  edit,
  engine,
  files,
  flag,
  ns1,
  ns2,
  removeEntry,
  roleOf,
  simulator,
  topology,
  web1,
} from "./made-cluster";

// A difference says what `pulumi up --refresh` would do. Here the lifecycles do it.

type Case = readonly [kind: DifferenceKind, title: string, spoil: () => unknown];

test("[I] nothing differs and nothing is to do in a cluster as it was made", async () => {
  expect(await audit()).toEqual([]);
  await engine.refresh();
  expect(await engine.up()).toEqual([]);
});

const mended: Case[] = [
  [
    "clustering-off",
    "clustering is off for one member",
    () => {
      files("web1").remove(flag);
      files("web1").write(roleOf(ns2), "standalone", 0o600);
    },
  ],
  ["missing-link", "a link is gone", () => removeEntry("web1", ns1)],
  ["role", "a role is another one", () => files("web1").write(roleOf(ns1), "write-only", 0o600)],
  ["role", "a role file has CRLF", () => files("web1").write(roleOf(ns1), "sync\r\n", 0o600)],
  ["role", "a member file is gone", () => files("web1").remove(memberFile(ns1))],
  [
    "disabled-member",
    "WHM has disabled a member",
    () => files("web1").write(`/var/cpanel/clusterqueue/status/${ns1}-down`, "", 0o600),
  ],
  ["missing-trust", "a trust is gone", () => removeEntry("ns2", web1)],
  ["trust-role", "a trust feeds", () => files("ns2").write(roleOf(web1), "sync", 0o600)],
  [
    "trust-role",
    "the role file of a trust has CRLF",
    () => files("ns2").write(roleOf(web1), "standalone\r\n", 0o600),
  ],
  [
    "module",
    "a link belongs to another module",
    () => edit("web1", memberFile(ns1), "module=cPanel", "module=imh"),
  ],
  [
    "module",
    "a trust belongs to another module",
    () => edit("ns2", memberFile(web1), "module=cPanel", "module=imh"),
  ],
  [
    "module",
    "a link has the old form",
    () => files("web1").write(memberFile(ns1), "root\nns1.example.com\nSECRET\n"),
  ],
  ["module", "a link names no module", () => edit("web1", memberFile(ns1), "module=cPanel\n", "")],
  [
    "host-name",
    "a host name is another one",
    () => edit("web1", memberFile(ns1), /host=.*/, "host=old.example.com"),
  ],
  [
    "missing-trusted-address",
    "a trusted address is gone",
    () => edit("web1", "/etc/ips.remotedns", `${ns1}\n`, ""),
  ],
  [
    "missing-token",
    "a token is gone that no entry holds",
    () => {
      removeEntry("web1", ns1);
      editTokens(simulator, "ns1", () => undefined);
    },
  ],
  ["unknown-token", "a token was revoked", () => editTokens(simulator, "ns1", () => undefined)],
  ["unknown-token", "an entry holds no token", () => edit("web1", memberFile(ns1), /pass=.*\n/, "")],
  [
    "other-token",
    "an entry holds another token",
    () => edit("web1", memberFile(ns1), /pass=.*/, `pass=${addToken(simulator, "ns1", "by-hand")}`),
  ],
  [
    "expired-token",
    "a token has expired",
    () => editTokens(simulator, "ns1", (token) => ({ ...token, expires_at: 1_000_000_000 })),
  ],
  [
    "token-acls",
    "a token may do more",
    () => editTokens(simulator, "ns1", (token) => ({ ...token, acls: ["clustering", "create-dns"] })),
  ],
  [
    "token-addresses",
    "a token is accepted from anywhere",
    () => editTokens(simulator, "ns1", ({ whitelist_ips: _, ...token }) => token),
  ],
  [
    "token-addresses",
    "a token is refused",
    () => editTokens(simulator, "ns1", (token) => ({ ...token, whitelist_ips: ["198.51.100.7"] })),
  ],
  [
    "token-expiry",
    "a token expires",
    () => editTokens(simulator, "ns1", (token) => ({ ...token, expires_at: 4_000_000_000 })),
  ],
];

describe("what `pulumi up --refresh` is said to put right, it puts right:", () => {
  test.each(sampleOf(mended, 8))("[I] %s: %s", async (kind, _title, spoil) => {
    spoil();
    const found = await audit();
    expect(found.map((each) => each.kind)).toContain(kind);
    for (const { fix } of found) expect(fix).toContain("`pulumi up --refresh`");
    await engine.refresh();
    expect(await engine.up()).not.toEqual([]);
    expect(await audit()).toEqual([]);
  });
});

/** Its tokens are derived. */
const { apiTokens: _tokens, ...derived } = topology;

test.each<Case>([
  [
    "token-without-clustering",
    "a token lacks the privilege",
    () => editTokens(simulator, "ns1", (token) => ({ ...token, acls: ["create-dns"] })),
  ],
  [
    "token-refused",
    "a token is not accepted",
    () => editTokens(simulator, "ns1", (token) => ({ ...token, whitelist_ips: ["198.51.100.7"] })),
  ],
])("[I] so is what makes a derived token fail: %s: %s", async (kind, _title, spoil) => {
  spoil();
  const found = await audit(derived);
  expect(found.map((each) => each.kind)).toEqual([kind]);
  expect(found[0]!.fix).toContain("`pulumi up --refresh`");
  await engine.refresh();
  await engine.up();
  expect(await audit(derived)).toEqual([]);
});

const left: Case[] = [
  ["product", "another product runs", () => files("ns2").write("/var/cpanel/dnsonly", "")],
  ["version", "an older version runs", () => edit("web1", "/usr/local/cpanel/version", /.*/, "11.134.0.1")],
  [
    "nameserver",
    "another nameserver runs",
    () => files("web1").write("/var/cpanel/cpanel.config", "local_nameserver_type=powerdns\n"),
  ],
  [
    "undeclared-link",
    "an unknown server is fed",
    () => clickEntries(simulator, [{ from: "ns1", to: "ns2", role: "sync" }]),
  ],
  [
    "duplicate-entry",
    "a server is stored under both of its addresses",
    () => {
      for (const end of ["", "-dnsrole"])
        files("web1").write(
          memberFile(`192.0.2.11${end}`),
          files("web1").read(memberFile(`${ns1}${end}`))!,
          0o600,
        );
    },
  ],
  ["odd-file", "a role file stands alone", () => files("web1").write(roleOf("203.0.113.99"), "sync", 0o600)],
];

describe("what has to be done by hand, `pulumi up --refresh` leaves alone:", () => {
  test.each(sampleOf(left, 3))("[I] %s: %s", async (kind, _title, spoil) => {
    spoil();
    const found = await audit();
    expect(found.map((each) => each.kind)).toEqual([kind]);
    expect(found[0]!.fix).not.toContain("pulumi up");
    simulator.clearJournal();
    await engine.refresh();
    expect(await engine.up()).toEqual([]);
    expect(writesButSigns(simulator)).toEqual([]);
    expect(await audit()).toEqual(found);
  });
});

const refused: (readonly [...Case, said: RegExp])[] = [
  [
    "clustering-off",
    "clustering is off for several members",
    () => files("web1").remove(flag),
    /\[clustering-off\].* enableClustering: true/,
  ],
  [
    "address",
    "an entry stands under the other address",
    () => {
      for (const end of ["", "-dnsrole"]) {
        files("web1").write(
          memberFile(`192.0.2.11${end}`),
          files("web1").read(memberFile(`${ns1}${end}`))!,
          0o600,
        );
        files("web1").remove(memberFile(`${ns1}${end}`));
      }
    },
    /\[exists-already\].* Remove 192\.0\.2\.11 in WHM first/,
  ],
];

describe("what has to be decided first, `pulumi up --refresh` refuses:", () => {
  test.each(refused)("[I] %s: %s", async (kind, _title, spoil, said) => {
    spoil();
    const found = await audit();
    expect(found.map((each) => each.kind)).toEqual([kind]);
    expect(found[0]!.fix).not.toContain("pulumi up");
    await engine.refresh();
    await expect(engine.up()).rejects.toThrow(said);
    expect(await audit()).toEqual(found);
  });
});

test("[I] every kind of difference is tried", () => {
  const tried = [...mended, ...left, ...refused].map(([kind]) => kind);
  expect(new Set([...tried, "token-without-clustering", "token-refused"])).toEqual(new Set(differenceKinds));
});
