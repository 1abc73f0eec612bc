import { ofServer, type Mutation } from "./mutation";
import { memberAt } from "./standing";

/** Ways in which a server itself stops being as declared, and things that stand there beside what is declared. */
export const serverMutations: Record<string, Mutation> = {
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
  "a declared server is fed that should not be": (survey, { entries, servers }, pick) => {
    const pairs = [...servers].flatMap(([name, { address }]) =>
      [...survey.servers.values()]
        .filter((server) => server.name !== name)
        .filter((server) => !entries.some((entry) => entry.holder === server.name && entry.about === name))
        .map((server) => ({ server, name, address: address! })),
    );
    const pair = pick(pairs);
    if (pair === undefined) return undefined;
    pair.server.members.push(memberAt(pair.address, "write-only", ""));
    return [["undeclared-link", pair.server.name, pair.name]];
  },
  "a reseller has a cluster": ofServer((server) => {
    server.resellers = [{ user: "bob", member: "203.0.113.99", secret: "SECRET" }];
    return "nothing";
  }),
  "one more address is trusted": ofServer((server) => {
    server.trustedAddresses = `${server.trustedAddresses ?? ""}203.0.113.99\n`;
    return "nothing";
  }),
};
