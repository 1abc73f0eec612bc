import { spawnSync } from "node:child_process";
import { clickAddress, clickEntries } from "../../helpers/clicked-cluster";
import { memberFile } from "../../helpers/server-files";
import { addToken } from "../../helpers/stored-tokens";
import type { AdoptionCase } from "./adoption-case";
import { dns, linkAll, several, web } from "./structures";

const [webs, nameservers] = [
  ["web1", "web2"],
  ["ns1", "ns2"],
];
const fourServers = { ...several(webs, web), ...several(nameservers, dns) };
const config = "/var/cpanel/cluster/root/config";

/** Clusters of which every server is in a file of connections. */
export const givenServers: readonly AdoptionCase[] = [
  {
    title: "direct links, with a key and an API token for each server, and one server twice",
    options: { servers: fourServers },
    make(testbed) {
      clickEntries(testbed, linkAll(webs, nameservers));
      for (const server of webs)
        clickAddress(testbed, server, ...nameservers.map((name) => testbed.servers[name]!.address!));
    },
    reach(desk, { servers }) {
      const twice = { ...servers, again: servers["ns1"] };
      return { flags: ["--connections", desk.file("servers.json", twice)], connections: { ns1: 2 } };
    },
    found: "Found a cluster with 4 entries on 4 servers.",
    leftAlone: () => ["ns1: connection again: it leads to the same server"],
    program: ["whm.directLinks({"],
  },
  {
    title: "a primary nameserver, with a password from a variable",
    options: { servers: { ...fourServers, ...several(["ns3"], dns) } },
    make: (testbed) =>
      clickEntries(testbed, [...linkAll(webs, ["ns1"]), ...linkAll(["ns1"], ["ns2", "ns3"], "write-only")]),
    reach: (desk) => ({
      flags: [
        "--connections",
        desk.file("servers.json", desk.servers({ passwordEnv: "ROOT_PASSWORD" }, { api: false })),
      ],
    }),
    found: "Found a cluster with 4 entries on 5 servers.",
    program: ['"nameserver-link": {'],
  },
  {
    title: "servers behind NAT, with an agent",
    options: {
      servers: { ...fourServers, web1: { ...web, behindNat: true }, ns1: { ...dns, behindNat: true } },
    },
    make: (testbed) =>
      clickEntries(testbed, [
        ...linkAll(webs, ["ns2"]),
        { from: "web1", to: "ns1", role: "sync" },
        { from: "web2", to: "ns1", role: "sync", address: testbed.servers["ns1"]!.publicAddress },
      ]),
    hasAgent: true,
    async reach(desk) {
      const agentSocketPath = await desk.startAgent();
      return { flags: ["--connections", desk.file("servers.json", desk.servers({ agentSocketPath }))] };
    },
    found: "Found a cluster with 4 entries on 4 servers.",
  },
  {
    title: "one token that three servers store, through a bastion",
    options: { servers: { ...several(["web1", "web2", "web3"], web), ns1: dns } },
    make(testbed) {
      const secret = addToken(testbed, "ns1", "cluster");
      clickEntries(
        testbed,
        ["web1", "web2", "web3"].map((from) => ({ from, to: "ns1", role: "sync", secret })),
      );
    },
    reach(desk) {
      const privateKeyFile = desk.key();
      const { web1, ...others } = desk.servers({ privateKeyFile });
      const proxy = web1!.connection!;
      const behind = Object.entries(others).map(([name, { connection, ...rest }]) => [
        name,
        { ...rest, connection: { ...connection, proxy } },
      ]);
      const servers = { web1, ...(Object.fromEntries(behind) as object) };
      return { flags: ["--connections", desk.file("servers.json", servers)], connections: { web1: 4 } };
    },
    found: "Found a cluster with 3 entries on 4 servers.",
    program: ['users: ["web1", "web2", "web3"]'],
  },
  {
    title: "foreign modules, orphans and odd files, where sshd forwards nothing and opens one session",
    options: {
      servers: fourServers,
      sshd: ["DisableForwarding yes", "MaxSessions 1"],
    },
    make(testbed) {
      clickEntries(testbed, linkAll(webs, nameservers));
      const [files, ns1, ns2] = [
        testbed.files("web1"),
        testbed.servers["ns1"]!.address!,
        testbed.servers["ns2"]!.address!,
      ];
      files.write(memberFile(ns1), files.read(memberFile(ns1))!.replaceAll("\n", "\r\n"));
      files.write(`${memberFile(ns2)}-dnsrole`, "synchronize");
      files.write(`${config}/imh`, "#version 2.0\nuser=u\nhost=h\npass=p\nmodule=imh\n", 0o600);
      files.write(`${config}/imh-dnsrole`, "sync", 0o600);
      files.write(`${config}/198.51.100.7-dnsrole`, "sync", 0o600);
      files.write(`${config}/${ns1}.bak`, files.read(memberFile(ns1))!, 0o600);
      files.write(`${config}/before/198.51.100.8`, "old", 0o600);
      files.write(`${config}/${ns1}.cache`, "{}", 0o600);
      files.write("/var/cpanel/cluster/shop/config/198.51.100.9", "#version 2.0\nuser=a\npass=b\n", 0o600);
      spawnSync("mkfifo", [`${testbed.folderOf("web1")}${config}/pipe`]);
    },
    reach: (desk, testbed) => ({ flags: ["--connections", desk.file("servers.json", testbed.servers)] }),
    found: "Found a cluster with 3 entries on 4 servers.",
    leftAlone: ({ servers: { ns1 } }) => [
      `web1: entry for ${ns1!.address}.bak: WHM doesn't see it: there is no role file`,
      "web1: entry for 198.51.100.7: it is a role file without a member file",
      "web1: entry for imh: it belongs to another module (imh)",
      "web1: entry for ns2: WHM doesn't see it: WHM can't read its role file",
      "web1: cluster of the reseller shop: only root's clusters are managed",
    ],
  },
  {
    title: "tokens that have expired, are unknown or unused, with the connections on standard input",
    options: { servers: fourServers },
    make(testbed) {
      const expired = { name: "old", expires_at: 1_700_000_000 };
      clickEntries(testbed, [
        ...linkAll(webs, ["ns1"]),
        { from: "web1", to: "ns2", role: "sync", token: expired },
        { from: "web2", to: "ns2", role: "sync", secret: "0123456789ABCDEFGHIJKLMNOPQRSTUV" },
      ]);
      addToken(testbed, "ns1", "left_over");
    },
    reach: (_desk, { servers }) => ({ flags: ["--connections", "-"], input: JSON.stringify(servers) }),
    found: "Found a cluster with 2 entries on 3 servers.",
    leftAlone: () => [
      "web1: entry for ns2: its token old of ns2 has expired on 2023-11-14",
      "web2: entry for ns2: ns2 doesn't know its token, so ns2 refuses every call",
      "ns1: API token left_over: no server that was read stores it",
    ],
  },
  {
    title: "two clusters in one stack, and a server in none of them",
    options: { servers: { ...fourServers, ns3: dns } },
    make: (testbed) => clickEntries(testbed, [...linkAll(["web1"], ["ns1"]), ...linkAll(["web2"], ["ns2"])]),
    reach: (desk, testbed) => ({ flags: ["--connections", desk.file("servers.json", testbed.servers)] }),
    found: "Found 2 clusters with 2 entries on 4 servers.",
    program: ['new whm.DnsCluster("dns-ns1"', 'new whm.DnsCluster("dns-ns2"'],
  },
  {
    title: "a reverse trust, a standalone link and trusted addresses, with a key that has a passphrase",
    options: { servers: { ...several(webs, web), ns1: web, ns2: dns } },
    make(testbed) {
      clickEntries(testbed, [
        { from: "web1", to: "ns1", role: "sync" },
        { from: "ns1", to: "web1", role: "standalone" },
        { from: "web1", to: "ns2", role: "sync" },
        { from: "web2", to: "ns2", role: "standalone" },
      ]);
      clickAddress(testbed, "web1", "# nameservers", testbed.servers["ns1"]!.address!, "203.0.113.9");
    },
    reach(desk) {
      const privateKeyFile = desk.key("a passphrase");
      const servers = desk.servers({ privateKeyFile, privateKeyPassword: "a passphrase" });
      const ns1 = { ...servers["ns1"]!, nameserver: true };
      return { flags: ["--connections", desk.file("servers.json", { ...servers, ns1 })] };
    },
    found: "Found a cluster with 4 entries on 4 servers.",
    leftAlone: () => ["web1: line 203.0.113.9 in /etc/ips.remotedns: no link that was found needs it"],
  },
  {
    title: "twelve servers, three at a time, with a key alone",
    options: {
      servers: {
        ...several(["web1", "web2", "web3", "web4", "web5"], web),
        ...several(["ns1", "ns2", "ns3", "ns4", "ns5", "ns6", "ns7"], dns),
      },
    },
    make(testbed) {
      clickEntries(testbed, linkAll(["web1", "web2", "web3"], ["ns1", "ns2", "ns3", "ns4"], "write-only"));
      clickEntries(testbed, linkAll(["web4", "web5"], ["ns4", "ns5", "ns6", "ns7"]));
    },
    reach(desk) {
      const file = desk.file("servers.json", desk.servers({ privateKeyFile: desk.key() }, { api: false }));
      return { flags: ["--connections", file, "--at-once", "3"] };
    },
    found: "Found a cluster with 20 entries on 12 servers.",
  },
];
