import type { TopologyInput } from "../../provider/schema/topology";
import type { RuleId } from "../../provider/topology";
import { cpanelNameserver, direct, directWith, dns, link, links, primary, web } from "./builders";

const chain = { ns1: dns(53), ns2: dns(54), ns3: dns(55), ns4: dns(56) };

/** Topologies that make a rule say what its plain cases do not: plurals, other ends, other reasons. */
export const ruleVariants: Partial<Record<RuleId, TopologyInput>> = {
  "two-servers": { servers: {} },
  "known-server": {
    servers: {},
    links: links("a -> b"),
    apiTokens: [{ server: "c", users: ["d", "c"] }, { server: "e" }],
  },
  "self-link": {
    servers: {
      web1: web(10, { publicAddress: "2001:DB8::1" }),
      ns1: dns(53, { publicAddress: "2001:db8:0::1" }),
    },
    links: links("nowhere -> nowhere"),
    trusts: [
      { server: "web1", peer: "ns1" },
      { server: "web1", peer: "nowhere" },
    ],
  },
  "duplicate-server": {
    servers: { a: web(1), b: dns(1), c: dns(2, { publicAddress: "192.0.2.1" }), d: dns(3) },
  },
  "member-address": {
    servers: { web1: web(10), web2: web(11), ns1: { type: "dnsonly", address: "192.0.2.256" } },
    links: [link("web1 -> ns1"), link("web1 -> ns1", "write-only"), link("web2 -> ns1", "standalone")],
  },
  "feeding-cycle": {
    servers: { ...chain, web1: web(10) },
    links: links(
      "web1 -> ns1",
      "ns1 -> ns3",
      "ns3 -> ns1",
      "ns3 -> ns2",
      "ns2 -> ns1",
      "ns2 -> ns4",
      "ns4 -> ns2",
    ),
  },
  "intermediary-size": {
    servers: {
      web1: web(10),
      ns1: dns(53, { intermediary: true }),
      ns2: dns(54, { intermediary: true }),
      web2: web(11),
      ns3: dns(55),
      ns4: dns(56, { intermediary: true }),
      web3: web(12),
    },
    links: links(
      "web1 -> ns1",
      "ns1 -> web1",
      "web1 -> ns2",
      "ns2 -> web2",
      "web2 -> ns3",
      "web1 -> ns4",
      "ns4 -> web3",
    ),
  },
  "multiple-intermediaries-size": { servers: chain, links: links("ns1 -> ns2", "ns2 -> ns3", "ns3 -> ns1") },
  "nameserver-disabled": {
    servers: {
      web1: web(10),
      ns1: dns(53, { dnsServer: "disabled" }),
      ns2: dns(54, { dnsServer: "disabled" }),
    },
    links: [link("web1 -> ns1", "write-only"), link("web1 -> ns2", "standalone")],
  },
  "needless-trust": {
    servers: { web1: web(10), web2: web(11), ns1: cpanelNameserver(53) },
    links: [link("web1 -> ns1", "write-only"), link("web2 -> ns1")],
    trusts: [
      { server: "ns1", peer: "web1" },
      { server: "web2", peer: "ns1" },
    ],
  },
  "write-only-competition": {
    servers: { web1: web(10), web2: web(11), web3: web(12), ...chain },
    links: [
      ...["web1 -> ns1", "web2 -> ns1", "web3 -> ns1", "web3 -> ns2"].map((ends) => link(ends, "write-only")),
      ...links("web1 -> web2", "web1 -> web3", "web2 -> ns3", "web3 -> ns3"),
    ],
  },
  "intermediary-slowdown": {
    servers: { web1: web(10), web2: web(11), ...chain },
    links: links("web1 -> ns1", "ns1 -> ns2", "ns2 -> ns3", "ns1 -> web2"),
  },
  "nameserver-coverage": {
    servers: { web1: web(10), web2: web(11), web3: web(12), ...chain },
    links: [
      ...links("web1 -> ns1", "web2 -> ns1", "web2 -> ns2", "web2 -> ns3"),
      link("web3 -> ns1", "standalone"),
    ],
  },
  "redundant-link": {
    ...primary,
    links: links("web1 -> ns1", "web1 -> ns3", "ns1 -> ns2", "ns2 -> ns3", "ns3 -> web1"),
  },
  "cpanel-nameserver": {
    servers: { web1: web(10), web2: web(11), ns1: cpanelNameserver(53), ns2: dns(54) },
    links: links("web1 -> ns1", "web2 -> ns1", "web1 -> ns2"),
  },
  "missing-token": {
    servers: { web1: web(10), ns1: dns(53) },
    links: links("web1 -> ns1", "web1 -> web1", "web1 -> nowhere", "nobody -> ns1"),
    trusts: [{ server: "nobody", peer: "nowhere" }],
    apiTokens: [{ server: "web1", users: ["ns1"] }],
  },
  "trusted-ip": {
    servers: { web1: web(10), web2: web(11), ns1: dns(53), ns2: { type: "dnsonly" } },
    links: links("web1 -> ns1", "web1 -> web2", "web1 -> ns2"),
    trustedAddresses: { web1: [] },
  },
  "token-acl": directWith({ apiTokens: [{ server: "ns1", users: ["web2", "web1"], acls: ["list-accts"] }] }),
  "token-scope": {
    ...direct,
    servers: { ...direct.servers, web1: web(10, { publicAddress: "2001:db8::10" }) },
    links: links("web1 -> ns1", "web1 -> ns2", "web2 -> ns1"),
    trusts: [{ server: "ns2", peer: "web2" }],
    apiTokens: [
      { server: "ns1", acls: ["clustering", "all", "create-dns"] },
      { server: "ns1", users: ["nobody"], whitelistIps: ["192.0.2.10", "2001:db8::10/128"] },
      {
        server: "ns2",
        whitelistIps: ["2001:db8::/32", "2001:db8:0::10/128", "192.0.2.11/32", "192.0.2.12/32"],
      },
      { server: "web1", whitelistIps: ["192.0.2.53"] },
      { server: "web2", users: ["web1"], whitelistIps: ["192.0.2.10", "2001:DB8::10"] },
    ],
  },
};
