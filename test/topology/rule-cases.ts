import type { TopologyInput } from "../../provider/schema/topology";
import type { RuleId } from "../../provider/topology";
import { cpanelNameserver, direct, directWith, dns, link, links, primary, web } from "./builders";

/** Topologies for one rule; a list is what a program declares as several clusters. */
export interface RuleCases {
  /** Close to the fault, without it. */
  accepted: TopologyInput;
  /** One finding of the rule. */
  rejected: TopologyInput;
  /** Two findings of the rule. */
  twice: TopologyInput | TopologyInput[];
}

const oneWeb = { web1: web(10), ns1: dns(53), ns2: dns(54) };
const chainServers = { ns1: dns(53), ns2: dns(54), ns3: dns(55), ns4: dns(56) };

export const ruleCases: Record<RuleId, RuleCases> = {
  "two-servers": {
    accepted: { servers: { web1: web(10), ns1: dns(53) }, links: links("web1 -> ns1") },
    rejected: { servers: { web1: web(10) } },
    twice: [{ servers: { web1: web(10) } }, { servers: { web2: web(11) } }],
  },
  "cpanel-present": {
    accepted: { servers: { ns1: cpanelNameserver(53), ns2: dns(54) } },
    rejected: { servers: { ns1: dns(53), ns2: dns(54) } },
    twice: [{ servers: { ns1: dns(53), ns2: dns(54) } }, { servers: { ns3: dns(55), ns4: dns(56) } }],
  },
  "supported-version": {
    accepted: {
      servers: {
        a: web(1, { version: "11" }),
        b: dns(2, { version: "136.0.5" }),
        c: dns(3, { version: "11.136.0 (build 5)" }),
      },
    },
    rejected: directWith({ servers: { ...direct.servers, ns1: dns(53, { version: "10.8.1" }) } }),
    twice: directWith({
      servers: { ...direct.servers, ns1: dns(53, { version: "newest" }), ns2: dns(54, { version: "0.1" }) },
    }),
  },
  "known-server": {
    accepted: directWith({ trustedAddresses: { web1: ["198.51.100.7"] } }),
    rejected: directWith({ links: [...(direct.links ?? []), link("web1 -> ns3")] }),
    twice: directWith({ trusts: [{ server: "web9", peer: "ns1" }], trustedAddresses: { web3: [] } }),
  },
  "self-link": {
    accepted: directWith({ servers: { ...direct.servers, web1: web(10, { publicAddress: "192.0.2.10" }) } }),
    rejected: directWith({ links: [...(direct.links ?? []), link("ns1 -> ns1")] }),
    twice: {
      servers: {
        ...oneWeb,
        ns1: dns(53, { publicAddress: "203.0.113.1" }),
        ns2: dns(54, { publicAddress: "203.0.113.1" }),
      },
      links: links("web1 -> web1", "ns1 -> ns2"),
    },
  },
  "duplicate-link": {
    accepted: { servers: oneWeb, links: links("web1 -> ns1", "ns1 -> web1") },
    rejected: {
      servers: oneWeb,
      links: [link("web1 -> ns1"), link("web1 -> ns1", "write-only"), link("web1 -> ns1")],
    },
    twice: { servers: oneWeb, links: links("web1 -> ns1", "web1 -> ns2", "web1 -> ns1", "web1 -> ns2") },
  },
  "trust-link-conflict": {
    accepted: directWith({
      links: [link("web1 -> ns1"), link("web2 -> web1", "standalone")],
      trusts: [{ server: "web1", peer: "web2" }],
    }),
    rejected: directWith({ links: links("web2 -> web1"), trusts: [{ server: "web1", peer: "web2" }] }),
    twice: directWith({
      links: [link("web2 -> web1"), link("ns1 -> ns2", "write-only")],
      trusts: [
        { server: "web1", peer: "web2" },
        { server: "ns2", peer: "ns1" },
      ],
    }),
  },
  "duplicate-server": {
    accepted: directWith({
      servers: { a: web(1, { hostname: "a.example.com" }), b: dns(2, { hostname: "b.example.com" }) },
    }),
    rejected: { servers: { ...oneWeb, ns3: dns(54) } },
    twice: {
      servers: {
        a: web(1, { hostname: "ns1.Example.com" }),
        b: dns(2, { hostname: "NS1.example.com", address: "2001:db8::1" }),
        c: dns(3, { publicAddress: "2001:DB8:0::1" }),
      },
    },
  },
  "duplicate-trusted-ip": {
    accepted: directWith({ trustedAddresses: { web1: ["192.0.2.53"], web2: ["192.0.2.53"] } }),
    rejected: directWith({ trustedAddresses: { web1: ["192.0.2.53", "192.0.2.54", "192.0.2.53"] } }),
    twice: directWith({
      trustedAddresses: { web1: ["2001:db8::1", "2001:db8:0:0::1"], web2: ["192.0.2.1", "192.0.2.1"] },
    }),
  },
  "member-address": {
    accepted: { servers: { web1: { type: "cpanel" }, ns1: dns(53) }, links: links("web1 -> ns1") },
    rejected: { servers: { web1: web(10), ns1: { type: "dnsonly" } }, links: links("web1 -> ns1") },
    twice: {
      servers: { web1: { type: "cpanel" }, web2: web(2), ns1: { type: "dnsonly", address: "2001:db8::53" } },
      links: links("web2 -> ns1"),
      trusts: [{ server: "web1", peer: "web2" }],
    },
  },
  "sync-back": {
    accepted: { servers: oneWeb, links: [link("web1 -> ns1"), link("ns1 -> web1", "standalone")] },
    rejected: { servers: { web1: web(10), ns1: cpanelNameserver(53) }, links: links("ns1 -> web1") },
    twice: { servers: oneWeb, links: [link("ns1 -> web1"), link("ns2 -> web1", "write-only")] },
  },
  "feeding-cycle": {
    accepted: { servers: chainServers, links: links("ns1 -> ns2", "ns1 -> ns3", "ns2 -> ns3") },
    rejected: { servers: chainServers, links: links("ns1 -> ns2", "ns2 -> ns3", "ns3 -> ns1") },
    twice: {
      servers: chainServers,
      links: links("ns1 -> ns2", "ns2 -> ns1", "ns3 -> ns4", "ns4 -> ns3", "ns1 -> ns3"),
    },
  },
  "web-server-link": {
    accepted: { servers: { web1: web(10), ns1: cpanelNameserver(53) }, links: links("web1 -> ns1") },
    rejected: directWith({ links: [...(direct.links ?? []), link("web1 -> web2", "write-only")] }),
    twice: directWith({ links: links("web1 -> web2", "web2 -> web1") }),
  },
  "nameserver-link": {
    accepted: primary,
    rejected: directWith({ links: [...(direct.links ?? []), link("ns1 -> ns2")] }),
    twice: { servers: chainServers, links: [link("ns1 -> ns2"), link("ns2 -> ns3", "write-only")] },
  },
  "intermediary-size": {
    accepted: primary,
    rejected: {
      servers: { web1: web(10), ns1: dns(53, { intermediary: true }) },
      links: links("web1 -> ns1"),
    },
    twice: {
      servers: {
        web1: web(10),
        ns1: dns(53, { intermediary: true }),
        ns2: cpanelNameserver(54, { intermediary: true }),
      },
      links: links("ns1 -> ns2"),
    },
  },
  "single-intermediary": {
    accepted: {
      servers: { web1: web(10), ...chainServers },
      links: links("web1 -> ns1", "ns1 -> ns2", "ns1 -> ns3"),
    },
    rejected: {
      servers: { web1: web(10), ...chainServers },
      links: links("web1 -> ns1", "ns1 -> ns2", "ns2 -> ns3"),
    },
    twice: [
      {
        servers: { web1: web(10), ...chainServers },
        links: links("web1 -> ns1", "ns1 -> ns2", "ns2 -> ns3"),
      },
      {
        servers: { web2: web(11), a: dns(1), b: dns(2), c: dns(3) },
        links: links("web2 -> a", "a -> c", "web2 -> b", "b -> c"),
      },
    ],
  },
  "multiple-intermediaries-size": {
    accepted: {
      servers: { web1: web(10), web2: web(11), ...chainServers },
      links: links("web1 -> ns1", "web2 -> ns1", "ns1 -> ns2", "ns2 -> ns3"),
    },
    rejected: {
      servers: { web1: web(10), ...chainServers },
      links: links("web1 -> ns1", "ns1 -> ns2", "ns2 -> ns3"),
    },
    twice: [
      {
        servers: { web1: web(10), ...chainServers },
        links: links("web1 -> ns1", "ns1 -> ns2", "ns2 -> ns3"),
      },
      {
        servers: { web2: web(11), a: dns(1), b: dns(2), c: dns(3) },
        links: links("web2 -> a", "a -> b", "b -> c"),
      },
    ],
  },
  "web-server-fed": {
    accepted: { servers: { web1: web(10), ns1: dns(53) }, links: [link("web1 -> ns1", "write-only")] },
    rejected: directWith({ links: [link("web1 -> ns1"), link("web2 -> ns1", "standalone")] }),
    twice: directWith({ links: links("ns1 -> web1", "web1 -> web2") }),
  },
  "nameserver-fed": {
    accepted: primary,
    rejected: directWith({ links: links("web1 -> ns1", "ns2 -> ns1") }),
    twice: directWith({ links: links("ns1 -> ns2") }),
  },
  "reverse-trust": {
    accepted: {
      servers: {
        web1: web(10),
        ns1: cpanelNameserver(53),
        ns2: dns(54),
        ns3: cpanelNameserver(55),
        ns4: cpanelNameserver(56),
      },
      links: [
        link("web1 -> ns1"),
        link("web1 -> ns2"),
        link("web1 -> ns3", "write-only"),
        link("web1 -> ns4"),
        link("ns4 -> web1", "standalone"),
      ],
      trusts: [{ server: "web1", peer: "ns1" }],
    },
    rejected: {
      servers: { web1: web(10), ns1: cpanelNameserver(53) },
      links: links("web1 -> ns1"),
      trusts: [{ server: "ns1", peer: "web1" }],
    },
    twice: {
      servers: { web1: web(10), web2: web(11), ns1: cpanelNameserver(53) },
      links: links("web1 -> ns1", "web2 -> ns1"),
      trusts: [],
    },
  },
  "trusted-ip": {
    accepted: {
      servers: { web1: web(10), ns1: dns(53, { publicAddress: "203.0.113.53" }) },
      links: links("web1 -> ns1"),
      trustedAddresses: { web1: ["203.0.113.53"] },
    },
    rejected: {
      servers: { web1: web(10), ns1: dns(53, { publicAddress: "203.0.113.53" }) },
      links: links("web1 -> ns1"),
      trustedAddresses: { web1: ["192.0.2.53"] },
    },
    twice: { ...primary, trustedAddresses: { web1: ["192.0.2.53"] } },
  },
  "token-acl": {
    accepted: directWith({ apiTokens: [{ server: "ns1" }, { server: "ns2", acls: ["all"] }] }),
    rejected: directWith({ apiTokens: [{ server: "ns1", acls: [] }] }),
    twice: directWith({
      apiTokens: [
        { server: "ns1", acls: ["create-dns"] },
        { server: "ns2", users: ["web1"], acls: ["edit-dns", "kill-dns"] },
      ],
    }),
  },
  "missing-token": {
    accepted: directWith({ apiTokens: [{ server: "ns1" }, { server: "ns2", users: ["web2", "web1"] }] }),
    rejected: directWith({ apiTokens: [{ server: "ns1" }, { server: "ns2", users: ["web2"] }] }),
    twice: {
      servers: { web1: web(10), ns1: cpanelNameserver(53) },
      links: links("web1 -> ns1"),
      trusts: [{ server: "web1", peer: "ns1" }],
      apiTokens: [],
    },
  },
  "nameserver-disabled": {
    accepted: directWith({ servers: { ...direct.servers, web1: web(10, { dnsServer: "disabled" }) } }),
    rejected: directWith({ servers: { ...direct.servers, ns1: dns(53, { dnsServer: "disabled" }) } }),
    twice: directWith({
      servers: {
        ...direct.servers,
        ns1: dns(53, { dnsServer: "disabled" }),
        ns2: dns(54, { dnsServer: "disabled" }),
      },
    }),
  },
  "needless-trust": {
    accepted: directWith({ trusts: [{ server: "web1", peer: "web2" }] }),
    rejected: directWith({ trusts: [{ server: "web1", peer: "ns1" }] }),
    twice: {
      servers: { web1: web(10), ns1: cpanelNameserver(53), ns2: dns(54) },
      links: [link("web1 -> ns1", "write-only"), link("web1 -> ns2")],
      trusts: [
        { server: "web1", peer: "ns1" },
        { server: "ns2", peer: "web1" },
      ],
    },
  },
  "write-only-duplicates": {
    accepted: direct,
    rejected: { servers: oneWeb, links: [link("web1 -> ns1", "write-only"), link("web1 -> ns2")] },
    twice: { servers: oneWeb, links: [link("web1 -> ns1", "write-only"), link("web1 -> ns2", "write-only")] },
  },
  "write-only-competition": {
    accepted: directWith({
      links: [link("web1 -> ns1", "write-only"), link("web2 -> ns1", "write-only"), link("web1 -> web2")],
    }),
    rejected: directWith({
      links: [link("web1 -> ns1", "write-only"), link("web2 -> ns1", "write-only"), link("web2 -> ns2")],
    }),
    twice: directWith({
      links: (direct.links ?? []).map(({ from, to }) => ({ from, to, role: "write-only" })),
    }),
  },
  "intermediary-slowdown": {
    accepted: { ...primary, links: links("web1 -> ns1", "web1 -> ns2", "web1 -> ns3", "ns1 -> ns2") },
    rejected: { ...primary, links: links("web1 -> ns1", "web1 -> ns2", "ns1 -> ns3") },
    twice: primary,
  },
  "nameserver-coverage": {
    accepted: directWith({ links: links("web1 -> ns1", "web1 -> ns2") }),
    rejected: directWith({ links: links("web1 -> ns1", "web2 -> ns1", "web2 -> ns2") }),
    twice: directWith({ links: links("web1 -> ns1", "web2 -> ns2") }),
  },
  "redundant-link": {
    accepted: primary,
    rejected: { ...primary, links: [...(primary.links ?? []), link("web1 -> ns2", "write-only")] },
    twice: { ...primary, links: [...(primary.links ?? []), ...links("web1 -> ns2", "web1 -> ns3")] },
  },
  "cpanel-nameserver": {
    accepted: direct,
    rejected: { servers: { web1: web(10), ns1: cpanelNameserver(53) }, links: links("web1 -> ns1") },
    twice: directWith({ links: [link("web1 -> web2"), link("web2 -> web1", "write-only")] }),
  },
  "dnssec-powerdns": {
    accepted: directWith({
      servers: { ...direct.servers, web1: web(10, { dnssec: true, dnsServer: "powerdns" }), ns1: dns(53) },
    }),
    rejected: directWith({
      servers: { ...direct.servers, web1: web(10, { dnssec: true }), ns1: dns(53, { dnsServer: "bind" }) },
    }),
    twice: directWith({
      servers: {
        ...direct.servers,
        web1: web(10, { dnssec: true, dnsServer: "disabled" }),
        ns1: dns(53, { dnsServer: "bind", dnssec: true }),
      },
    }),
  },
  "trust-verifiable": {
    accepted: directWith({
      servers: { ...direct.servers, web1: web(10, { version: "11.82" }), web2: web(11, { version: "84" }) },
      trusts: [{ server: "web1", peer: "web2" }],
    }),
    rejected: directWith({
      servers: { ...direct.servers, web2: web(11, { version: "11.82.0.1" }) },
      trusts: [{ server: "web1", peer: "web2" }],
    }),
    twice: directWith({
      servers: { ...direct.servers, web1: web(10, { version: "83.1" }), web2: web(11, { version: "11.9" }) },
      trusts: [
        { server: "web1", peer: "web2" },
        { server: "web2", peer: "web1" },
      ],
    }),
  },
  "unlinked-server": {
    accepted: {
      servers: { web1: web(10), ns1: dns(53), ns2: cpanelNameserver(54) },
      links: [link("web1 -> ns1", "standalone")],
      trusts: [{ server: "web1", peer: "ns2" }],
    },
    rejected: {
      servers: { web1: web(10), ns1: dns(53), ns2: dns(54) },
      links: links("web1 -> ns1"),
      apiTokens: [{ server: "ns1" }, { server: "ns2", users: ["web1"] }],
    },
    twice: {
      servers: { web1: web(10), web2: web(11), ns1: dns(53), ns2: dns(54, { intermediary: true }) },
      links: links("web1 -> ns1"),
      trustedAddresses: { web1: ["192.0.2.53"], web2: ["192.0.2.54"] },
    },
  },
  "token-scope": {
    accepted: directWith({
      apiTokens: [
        { server: "ns1", users: ["web1"], whitelistIps: ["192.0.2.10/32"] },
        { server: "ns2", acls: ["clustering"], whitelistIps: ["192.0.2.10", "192.0.2.11"] },
      ],
    }),
    rejected: directWith({
      apiTokens: [
        { server: "ns1", users: ["web1"], acls: ["clustering", "all"], whitelistIps: ["192.0.2.10"] },
      ],
    }),
    twice: directWith({
      apiTokens: [
        { server: "ns1", users: ["web1"] },
        { server: "ns2", users: ["web1"], whitelistIps: ["192.0.2.0/24"] },
      ],
    }),
  },
};
