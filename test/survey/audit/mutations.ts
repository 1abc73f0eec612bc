import type { Declaration, DifferenceKind } from "../../../provider/survey";
import { memberAt, type FakeServer, type FakeSurvey } from "./standing";

/** A difference that an audit has to find: its kind, server and other server. */
export type Expected = readonly [kind: DifferenceKind, server: string, peer: string | undefined];

/** Changes one thing and says what has to be found; undefined if there is no such thing to change. */
export type Mutation = (
  survey: FakeSurvey,
  declaration: Declaration,
  pick: <Item>(items: readonly Item[]) => Item | undefined,
) => readonly Expected[] | undefined;

type Entry = Declaration["entries"][number];

/** Changes of one entry that is stored. */
function ofEntry(
  type: Entry["type"],
  change: (server: FakeServer, at: number, entry: Entry) => DifferenceKind | undefined,
): Mutation {
  return (survey, { entries }, pick) => {
    const entry = pick(entries.filter((each) => each.type === type));
    if (entry === undefined) return undefined;
    const server = survey.servers.get(entry.holder)!;
    const at = server.members.findIndex(({ key }) => key === entry.key);
    const kind = change(server, at, entry);
    return kind && [[kind, entry.holder, entry.about]];
  };
}

/** Changes of what the opened server knows of a token. */
function ofToken(
  change: (use: FakeSurvey["uses"][number], isDeclared: boolean) => DifferenceKind,
  isOnHolder = false,
): Mutation {
  return (survey, { tokens }, pick) => {
    const use = pick(survey.uses);
    if (use === undefined) return undefined;
    const isDeclared = tokens.some(({ settings }) => settings !== undefined);
    const name = use.token!.name;
    const kind = change(use, isDeclared);
    const list = survey.servers.get(use.peer)!.tokens;
    const at = list.findIndex((token) => token.name === name);
    list.splice(at, 1, ...(use.token ? [use.token] : []));
    return isOnHolder ? [[kind, use.holder, use.peer]] : [[kind, use.peer, use.holder]];
  };
}

/** Changes of a server itself. */
function ofServer(
  change: (
    server: FakeServer,
    declaration: Declaration,
  ) => readonly [DifferenceKind, string?] | "nothing" | undefined,
): Mutation {
  return (survey, declaration, pick) => {
    const server = pick([...survey.servers.values()])!;
    const found = change(server, declaration);
    if (found === undefined || found === "nothing") return found && [];
    return [[found[0], server.name, found[1]]];
  };
}

/** Ways in which one thing stops standing as declared. */
export const mutations: Record<string, Mutation> = {
  "a link is removed": ofEntry("link", ({ members }, at) => {
    members.splice(at, 1);
    return "missing-link";
  }),
  "a role is another one": ofEntry("link", ({ members }, at, { role }) => {
    const other = role === "sync" ? "write-only" : "sync";
    members[at] = { ...members[at]!, role: other, roleText: other };
    return "role";
  }),
  "a role file ends with CRLF": ofEntry("link", ({ members }, at) => {
    members[at] = { ...members[at]!, role: undefined, roleText: "sync\r\n" };
    return "role";
  }),
  "a member file is gone": ofEntry("link", ({ members }, at) => {
    members[at] = { ...members[at]!, text: undefined, fields: {} };
    return "role";
  }),
  "a role file is gone": ofEntry("link", ({ members }, at) => {
    members[at] = { ...members[at]!, role: undefined, roleText: undefined };
    return "role";
  }),
  "a member is disabled": ofEntry("link", ({ members }, at) => {
    members[at]!.disabled = "100: 2 of 3 calls failed";
    return "disabled-member";
  }),
  "a member belongs to another module": ofEntry("link", ({ members }, at) => {
    members[at]!.fields.module = "imh";
    return "module";
  }),
  "a member file has the old form": ofEntry("link", ({ members }, at) => {
    members[at]!.fields = {};
    return "module";
  }),
  "a trust is removed": ofEntry("trust", ({ members }, at) => {
    members.splice(at, 1);
    return "missing-trust";
  }),
  "a trust feeds": ofEntry("trust", ({ members }, at) => {
    members[at] = { ...members[at]!, role: "sync", roleText: "sync" };
    return "trust-role";
  }),
  "a token is revoked": ofToken((use) => {
    use.token = undefined;
    return "unknown-token";
  }, true),
  "a token has expired": ofToken((use) => {
    use.token = { ...use.token!, expiresAt: 100 };
    return "expired-token";
  }),
  "a token lost its privilege": ofToken((use, isDeclared) => {
    use.token = { ...use.token!, acls: ["list-accts"] };
    return isDeclared ? "token-acls" : "token-without-clustering";
  }),
  "a token is pinned to somebody else": ofToken((use, isDeclared) => {
    use.token = { ...use.token!, whitelistIps: ["198.51.100.7"] };
    return isDeclared ? "token-addresses" : "token-refused";
  }),
  "another product runs": ofServer((server) => {
    server.product = server.product === "cpanel" ? "dnsonly" : "cpanel";
    return ["product"];
  }),
  "another version runs": ofServer((server, { servers }) => {
    server.version = "11.130.0.1";
    return servers.get(server.name)?.version === undefined ? "nothing" : ["version"];
  }),
  "another nameserver runs": ofServer((server, { servers }) => {
    server.nameserver = server.nameserver === "bind" ? "powerdns" : "bind";
    return servers.get(server.name)?.dnsServer === undefined ? "nothing" : ["nameserver"];
  }),
  "clustering is off": ofServer((server, { entries }) => {
    const isOn = entries.some(
      ({ type, holder, role }) => type === "link" && holder === server.name && role !== "standalone",
    );
    server.isClusteringOn = false;
    return isOn ? ["clustering-off"] : "nothing";
  }),
  "an unknown server is fed": ofServer((server) => {
    server.members.push(memberAt("203.0.113.99", "write-only", "old.example.com"));
    return ["undeclared-link", "203.0.113.99"];
  }),
  "an unknown server is stored and not fed": ofServer((server) => {
    server.members.push(memberAt("203.0.113.99", "standalone", "old.example.com"));
    return "nothing";
  }),
  "a role file without a member file is left": ofServer((server) => {
    server.members.push({ ...memberAt("203.0.113.99", "sync", ""), text: undefined, fields: {} });
    return ["odd-file", "203.0.113.99"];
  }),
  "a member file without a role that WHM can read is left": ofServer((server) => {
    server.members.push({ ...memberAt("203.0.113.99", "sync\r\n", "old.example.com"), role: undefined });
    return ["odd-file", "203.0.113.99"];
  }),
  "another module has an entry": ofServer((server) => {
    server.members.push(memberAt("softlayer", "sync", "", "SECRET", "SoftLayer"));
    server.members.push(memberAt("203.0.113.98", "sync", "", "SECRET", "imh"));
    return "nothing";
  }),
  "a trusted address is gone": (survey, { trustedAddresses, servers }, pick) => {
    const line = pick(trustedAddresses);
    if (line === undefined) return undefined;
    const server = survey.servers.get(line.server)!;
    server.trustedAddresses = server.trustedAddresses?.replace(`${line.address}\n`, "");
    const owner = [...servers].find(([, { address, publicAddress }]) =>
      [address, publicAddress].includes(line.address),
    );
    return [["missing-trusted-address", line.server, owner?.[0]]];
  },
  "a host name is another one": (survey, { entries, servers }, pick) => {
    const entry = pick(entries.filter(({ about }) => servers.get(about)?.hostname !== undefined));
    if (entry === undefined) return undefined;
    const member = survey.servers.get(entry.holder)!.members.find(({ key }) => key === entry.key)!;
    member.fields.host = "old.example.com";
    return [["host-name", entry.holder, entry.about]];
  },
};
