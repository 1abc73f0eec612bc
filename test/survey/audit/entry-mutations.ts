import { ofEntry, type Mutation } from "./mutation";
import type { FakeServer } from "./standing";

/** Ways in which an entry, or a trusted address, stops standing as declared. */
export const entryMutations: Record<string, Mutation> = {
  "a link is removed": ofEntry("link", ({ members }, at) => {
    members.splice(at, 1);
    return "missing-link";
  }),
  "a role is another one": ofEntry("link", ({ members }, at, { role }) => {
    const other = role === "sync" ? "write-only" : "sync";
    members[at] = { ...members[at]!, role: other, roleText: other };
    return "role";
  }),
  "a link is standalone": ofEntry("link", ({ members }, at, { role }) => {
    members[at] = { ...members[at]!, role: "standalone", roleText: "standalone" };
    return role === "standalone" ? "nothing" : "role";
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
  "a member is disabled": ofEntry("link", ({ members }, at, { role }) => {
    members[at]!.disabled = "100: 2 of 3 calls failed";
    return role === "standalone" ? "nothing" : "disabled-member";
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
  "the role file of a trust ends with CRLF": ofEntry("trust", ({ members }, at) => {
    members[at] = { ...members[at]!, role: undefined, roleText: "standalone\r\n" };
    return "trust-role";
  }),
  "the member file of a trust is gone": ofEntry("trust", ({ members }, at) => {
    members[at] = { ...members[at]!, text: undefined, fields: {} };
    return "trust-role";
  }),
  "a trust belongs to another module": ofEntry("trust", ({ members }, at) => {
    members[at]!.fields.module = "imh";
    return "module";
  }),
  "a trust, which sends nothing, is disabled": ofEntry("trust", ({ members }, at) => {
    members[at]!.disabled = "100: 2 of 3 calls failed";
    return "nothing";
  }),
  "an entry stands under the other address": (survey, { entries, servers }, pick) => {
    const entry = pick(entries.filter(({ about }) => servers.get(about)?.publicAddress !== undefined));
    if (entry === undefined) return undefined;
    const { holder, about, key } = entry;
    const { address, publicAddress } = servers.get(about)!;
    const other = (key === address ? publicAddress : address)!;
    survey.servers.get(holder)!.members.find((member) => member.key === key)!.key = other;
    survey.uses.find((use) => use.holder === holder && use.key === key)!.key = other;
    return [["address", holder, about]];
  },
  "a host name is another one": ofHostName((fields) => (fields.host = "old.example.com")),
  "a host name is missing": ofHostName((fields) => delete fields.host),
  "a trusted address is gone": ofLine(() => ""),
  "a trusted address is commented out": ofLine((line) => `# ${line}`),
};

/** Changes of the host name in an entry. */
function ofHostName(change: (fields: FakeServer["members"][number]["fields"]) => unknown): Mutation {
  return (survey, { entries, servers }, pick) => {
    const entry = pick(entries.filter(({ about }) => servers.get(about)?.hostname !== undefined));
    if (entry === undefined) return undefined;
    change(survey.servers.get(entry.holder)!.members.find(({ key }) => key === entry.key)!.fields);
    return [["host-name", entry.holder, entry.about]];
  };
}

/** Changes of one line among the trusted addresses. */
function ofLine(change: (line: string) => string): Mutation {
  return (survey, { trustedAddresses, servers }, pick) => {
    const trusted = pick(trustedAddresses);
    if (trusted === undefined) return undefined;
    const { server: name, address } = trusted;
    const server = survey.servers.get(name)!;
    const lines = server.trustedAddresses!.split(/(?<=\n)/);
    server.trustedAddresses = lines.map((line) => (line === `${address}\n` ? change(line) : line)).join("");
    const owner = [...servers].find(([, { address: own, publicAddress }]) =>
      [own, publicAddress].includes(address),
    );
    return [["missing-trusted-address", name, owner?.[0]]];
  };
}
