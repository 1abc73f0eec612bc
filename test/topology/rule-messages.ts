import type { RuleId } from "../../provider/topology";

/** A finding as a reader meets it: the servers and the link, what is wrong here, and the way out. */
export type ExpectedFinding = [place: string, problem: string, fix: string];

/** What each rule finds in its cases and variants, word for word and in this order. */
export const ruleMessages: Record<RuleId, ExpectedFinding[]> = {
  "two-servers": [
    ["web1", "The cluster has 1 server.", "Declare a second server, such as a nameserver, and link to it."],
    ["web1", "The cluster has 1 server.", "Declare a second server, such as a nameserver, and link to it."],
    ["web2", "The cluster has 1 server.", "Declare a second server, such as a nameserver, and link to it."],
    ["", "The cluster has 0 servers.", "Declare a second server, such as a nameserver, and link to it."],
  ],
  "cpanel-present": [
    [
      "ns1, ns2",
      "No server of the cluster runs cPanel & WHM.",
      "Add the web server (type: cpanel) whose zones are to be shared.",
    ],
    [
      "ns1, ns2",
      "No server of the cluster runs cPanel & WHM.",
      "Add the web server (type: cpanel) whose zones are to be shared.",
    ],
    [
      "ns3, ns4",
      "No server of the cluster runs cPanel & WHM.",
      "Add the web server (type: cpanel) whose zones are to be shared.",
    ],
  ],
  "supported-version": [
    [
      "ns1",
      "ns1 is declared to run version 10.8.1; 11 or later is needed.",
      "Upgrade the server, correct its version to one such as 11.136.0.5, or leave the version out to have it looked up.",
    ],
    [
      "ns1",
      'ns1 has the version "newest", which cannot be read as one of cPanel & WHM.',
      "Upgrade the server, correct its version to one such as 11.136.0.5, or leave the version out to have it looked up.",
    ],
    [
      "ns2",
      "ns2 is declared to run version 0.1; 11 or later is needed.",
      "Upgrade the server, correct its version to one such as 11.136.0.5, or leave the version out to have it looked up.",
    ],
  ],
  "known-server": [
    [
      "ns3: web1 -> ns3",
      "web1 -> ns3 names ns3, which is not declared.",
      "Declare ns3 under servers or correct the name (declared: ns1, ns2, web1 and web2).",
    ],
    [
      "web3",
      "web3 is not declared, and a list of trusted addresses names it.",
      "Declare web3 under servers or correct the name (declared: ns1, ns2, web1 and web2).",
    ],
    [
      "web9: ns1 -> web9",
      "ns1 -> web9 (standalone) names web9, which is not declared.",
      "Declare web9 under servers or correct the name (declared: ns1, ns2, web1 and web2).",
    ],
    [
      "a, b: a -> b",
      "a -> b names a and b, which are not declared.",
      "Declare a and b under servers or correct the name (declared: none).",
    ],
    [
      "c, d",
      "c and d are not declared, and a token of c names them.",
      "Declare c and d under servers or correct the name (declared: none).",
    ],
    [
      "e",
      "e is not declared, and a token of e names it.",
      "Declare e under servers or correct the name (declared: none).",
    ],
  ],
  "self-link": [
    [
      "ns1: ns1 -> ns1",
      "ns1 -> ns1 links the server to itself.",
      "Remove the link, or correct the name or the address.",
    ],
    [
      "ns1, ns2: ns1 -> ns2",
      "ns1 -> ns2 links a server to itself: both have the address 203.0.113.1.",
      "Remove the link, or correct the name or the address.",
    ],
    [
      "web1: web1 -> web1",
      "web1 -> web1 links the server to itself.",
      "Remove the link, or correct the name or the address.",
    ],
    [
      "nowhere: nowhere -> nowhere",
      "nowhere -> nowhere links the server to itself.",
      "Remove the link, or correct the name or the address.",
    ],
    [
      "ns1, web1: ns1 -> web1",
      "ns1 -> web1 links a server to itself: both have the address 2001:db8::1.",
      "Remove the link, or correct the name or the address.",
    ],
  ],
  "duplicate-link": [
    [
      "web1, ns1: web1 -> ns1",
      "web1 -> ns1 is declared 3 times: web1 -> ns1 (sync), web1 -> ns1 (sync) and web1 -> ns1 (write-only).",
      "Keep one of them.",
    ],
    [
      "web1, ns1: web1 -> ns1",
      "web1 -> ns1 is declared 2 times: web1 -> ns1 (sync) and web1 -> ns1 (sync).",
      "Keep one of them.",
    ],
    [
      "web1, ns2: web1 -> ns2",
      "web1 -> ns2 is declared 2 times: web1 -> ns2 (sync) and web1 -> ns2 (sync).",
      "Keep one of them.",
    ],
  ],
  "trust-link-conflict": [
    [
      "web2, web1: web2 -> web1",
      "web2 -> web1 (sync) is declared as a trust (standalone) as well.",
      "Remove the trust (the link already lets the server in), or the link if nothing is to be sent.",
    ],
    [
      "ns1, ns2: ns1 -> ns2",
      "ns1 -> ns2 (write-only) is declared as a trust (standalone) as well.",
      "Remove the trust (the link already lets the server in), or the link if nothing is to be sent.",
    ],
    [
      "web2, web1: web2 -> web1",
      "web2 -> web1 (sync) is declared as a trust (standalone) as well.",
      "Remove the trust (the link already lets the server in), or the link if nothing is to be sent.",
    ],
  ],
  "duplicate-server": [
    [
      "ns2, ns3",
      "ns2 and ns3 share the address 192.0.2.54.",
      "Declare the server once, or correct the address or host name.",
    ],
    [
      "a, b",
      "a and b share the host name ns1.example.com.",
      "Declare the server once, or correct the address or host name.",
    ],
    [
      "b, c",
      "b and c share the address 2001:db8::1.",
      "Declare the server once, or correct the address or host name.",
    ],
    [
      "a, b, c",
      "a, b and c share the address 192.0.2.1.",
      "Declare the server once, or correct the address or host name.",
    ],
  ],
  "duplicate-trusted-ip": [
    ["web1", "192.0.2.53 is listed more than once for web1.", "List it once."],
    ["web1", "2001:db8::1 is listed more than once for web1.", "List it once."],
    ["web2", "192.0.2.1 is listed more than once for web2.", "List it once."],
  ],
  "member-address": [
    [
      "ns1",
      "ns1 has no IPv4 address, but web1 must store one for it.",
      "Give servers.ns1.address an IPv4 address.",
    ],
    [
      "ns1",
      "ns1 has no IPv4 address, but web2 must store one for it.",
      "Give servers.ns1.address an IPv4 address.",
    ],
    [
      "web1",
      "web1 has no IPv4 address, but web2 must store one for it.",
      "Give servers.web1.address an IPv4 address.",
    ],
    [
      "ns1",
      "ns1 has no IPv4 address, but web1 and web2 must store one for it.",
      "Give servers.ns1.address an IPv4 address.",
    ],
  ],
  "sync-back": [
    [
      "ns1, web1: ns1 -> web1",
      "ns1 -> web1 (sync) sends zones from a nameserver back to a web server.",
      "Remove the link, or make it standalone if only trust is wanted.",
    ],
    [
      "ns1, web1: ns1 -> web1",
      "ns1 -> web1 (sync) sends zones from a nameserver back to a web server.",
      "Remove the link, or make it standalone if only trust is wanted.",
    ],
    [
      "ns2, web1: ns2 -> web1",
      "ns2 -> web1 (write-only) sends zones from a nameserver back to a web server.",
      "Remove the link, or make it standalone if only trust is wanted.",
    ],
  ],
  "feeding-cycle": [
    [
      "ns1, ns2, ns3",
      "ns1 -> ns2 -> ns3 -> ns1 is a circle of feeding links.",
      "Remove one of its links, or make it standalone.",
    ],
    [
      "ns1, ns2",
      "ns1 -> ns2 -> ns1 is a circle of feeding links.",
      "Remove one of its links, or make it standalone.",
    ],
    [
      "ns3, ns4",
      "ns3 -> ns4 -> ns3 is a circle of feeding links.",
      "Remove one of its links, or make it standalone.",
    ],
    [
      "ns1, ns3",
      "ns1 -> ns3 -> ns1 is a circle of feeding links. Circles with these run through 2 more servers.",
      "Remove one of its links, or make it standalone.",
    ],
  ],
  "web-server-link": [
    [
      "web1, web2: web1 -> web2",
      "web1 -> web2 (write-only) links two web servers.",
      "Link both to the nameservers instead; if web2 hosts no accounts, declare it with nameserver: true.",
    ],
    [
      "web1, web2: web1 -> web2",
      "web1 -> web2 (sync) links two web servers.",
      "Link both to the nameservers instead; if web2 hosts no accounts, declare it with nameserver: true.",
    ],
    [
      "web2, web1: web2 -> web1",
      "web2 -> web1 (sync) links two web servers.",
      "Link both to the nameservers instead; if web1 hosts no accounts, declare it with nameserver: true.",
    ],
  ],
  "nameserver-link": [
    [
      "ns1, ns2: ns1 -> ns2",
      "ns1 -> ns2 (sync) links two nameservers, and ns1 is not declared an intermediary.",
      "Link the web servers to ns2 directly, or set intermediary: true on ns1 if it is meant to pass zones on.",
    ],
    [
      "ns1, ns2: ns1 -> ns2",
      "ns1 -> ns2 (sync) links two nameservers, and ns1 is not declared an intermediary.",
      "Link the web servers to ns2 directly, or set intermediary: true on ns1 if it is meant to pass zones on.",
    ],
    [
      "ns2, ns3: ns2 -> ns3",
      "ns2 -> ns3 (write-only) links two nameservers, and ns2 is not declared an intermediary.",
      "Link the web servers to ns3 directly, or set intermediary: true on ns2 if it is meant to pass zones on.",
    ],
  ],
  "intermediary-size": [
    [
      "ns1",
      "ns1 is declared an intermediary, but no feeding path leads from it to another nameserver.",
      "Add the missing link, or remove intermediary: true.",
    ],
    [
      "ns1",
      "ns1 is declared an intermediary, but no feeding path from a web server leads to it.",
      "Add the missing link, or remove intermediary: true.",
    ],
    [
      "ns2",
      "ns2 is declared an intermediary, but no feeding path from a web server leads to it and no feeding path leads from it to another nameserver.",
      "Add the missing link, or remove intermediary: true.",
    ],
    [
      "ns4",
      "ns4 is declared an intermediary, but no feeding path leads from it to another nameserver.",
      "Add the missing link, or remove intermediary: true.",
    ],
  ],
  "single-intermediary": [
    [
      "ns1, ns2",
      "ns1 and ns2 are 2 intermediaries in one cluster.",
      "Link the web servers to the nameservers directly, or keep one primary nameserver.",
    ],
    [
      "a, b",
      "a and b are 2 intermediaries in one cluster.",
      "Link the web servers to the nameservers directly, or keep one primary nameserver.",
    ],
    [
      "ns1, ns2",
      "ns1 and ns2 are 2 intermediaries in one cluster.",
      "Link the web servers to the nameservers directly, or keep one primary nameserver.",
    ],
  ],
  "multiple-intermediaries-size": [
    [
      "ns1, ns2",
      "The cluster has 2 intermediaries but only 1 cPanel & WHM server; two are needed.",
      "Keep one intermediary at most, or link directly.",
    ],
    [
      "a, b",
      "The cluster has 2 intermediaries but only 1 cPanel & WHM server; two are needed.",
      "Keep one intermediary at most, or link directly.",
    ],
    [
      "ns1, ns2",
      "The cluster has 2 intermediaries but only 1 cPanel & WHM server; two are needed.",
      "Keep one intermediary at most, or link directly.",
    ],
    [
      "ns1, ns2, ns3",
      "The cluster has 3 intermediaries but only 0 cPanel & WHM servers; two are needed.",
      "Keep one intermediary at most, or link directly.",
    ],
  ],
  "web-server-fed": [
    [
      "web2",
      "web2 has no feeding path to a nameserver.",
      "Link web2 to each nameserver with the role sync; if it hosts no accounts, set nameserver: true.",
    ],
    [
      "web1",
      "web1 has no feeding path to a nameserver.",
      "Link web1 to each nameserver with the role sync; if it hosts no accounts, set nameserver: true.",
    ],
    [
      "web2",
      "web2 has no feeding path to a nameserver.",
      "Link web2 to each nameserver with the role sync; if it hosts no accounts, set nameserver: true.",
    ],
  ],
  "nameserver-fed": [
    [
      "ns2",
      "No feeding path from a web server leads to ns2.",
      "Link each web server to ns2 with the role sync.",
    ],
    [
      "ns1",
      "No feeding path from a web server leads to ns1.",
      "Link each web server to ns1 with the role sync.",
    ],
    [
      "ns2",
      "No feeding path from a web server leads to ns2.",
      "Link each web server to ns2 with the role sync.",
    ],
  ],
  "reverse-trust": [
    [
      "web1, ns1: web1 -> ns1",
      "web1 -> ns1 (sync) needs reverse trust, but ns1 holds no entry for web1.",
      "Add the trust { server: web1, peer: ns1 }, or leave trusts out to have them derived.",
    ],
    [
      "web1, ns1: web1 -> ns1",
      "web1 -> ns1 (sync) needs reverse trust, but ns1 holds no entry for web1.",
      "Add the trust { server: web1, peer: ns1 }, or leave trusts out to have them derived.",
    ],
    [
      "web2, ns1: web2 -> ns1",
      "web2 -> ns1 (sync) needs reverse trust, but ns1 holds no entry for web2.",
      "Add the trust { server: web2, peer: ns1 }, or leave trusts out to have them derived.",
    ],
  ],
  "trusted-ip": [
    [
      "web1, ns1",
      "web1 does not trust 203.0.113.53, the address of ns1 (web1 -> ns1).",
      "Add 203.0.113.53 to trustedAddresses.web1, or leave trustedAddresses out to have them derived.",
    ],
    [
      "web1, ns2",
      "web1 does not trust 192.0.2.54, the address of ns2 (web1 -> ns1 -> ns2).",
      "Add 192.0.2.54 to trustedAddresses.web1, or leave trustedAddresses out to have them derived.",
    ],
    [
      "web1, ns3",
      "web1 does not trust 192.0.2.55, the address of ns3 (web1 -> ns1 -> ns3).",
      "Add 192.0.2.55 to trustedAddresses.web1, or leave trustedAddresses out to have them derived.",
    ],
    [
      "web1, ns1",
      "web1 does not trust 192.0.2.53, the address of ns1 (web1 -> ns1).",
      "Add 192.0.2.53 to trustedAddresses.web1, or leave trustedAddresses out to have them derived.",
    ],
  ],
  "token-acl": [
    [
      "ns1",
      "ns1 has a token that lacks the privilege clustering.",
      "Set acls: [clustering], or leave acls out.",
    ],
    [
      "ns1",
      "ns1 has a token that lacks the privilege clustering.",
      "Set acls: [clustering], or leave acls out.",
    ],
    [
      "ns2, web1",
      "ns2 has a token for web1 that lacks the privilege clustering.",
      "Set acls: [clustering], or leave acls out.",
    ],
    [
      "ns1, web1, web2",
      "ns1 has a token for web1 and web2 that lacks the privilege clustering.",
      "Set acls: [clustering], or leave acls out.",
    ],
  ],
  "missing-token": [
    [
      "web1, ns2: web1 -> ns2",
      "web1 -> ns2 needs a token of ns2, and none is declared for web1.",
      "Declare a token { server: ns2, users: [web1] }, or leave apiTokens out to have them derived.",
    ],
    [
      "ns1, web1: ns1 -> web1",
      "ns1 -> web1 needs a token of web1, and none is declared for ns1.",
      "Declare a token { server: web1, users: [ns1] }, or leave apiTokens out to have them derived.",
    ],
    [
      "web1, ns1: web1 -> ns1",
      "web1 -> ns1 needs a token of ns1, and none is declared for web1.",
      "Declare a token { server: ns1, users: [web1] }, or leave apiTokens out to have them derived.",
    ],
    [
      "web1, ns1: web1 -> ns1",
      "web1 -> ns1 needs a token of ns1, and none is declared for web1.",
      "Declare a token { server: ns1, users: [web1] }, or leave apiTokens out to have them derived.",
    ],
  ],
  "nameserver-disabled": [
    [
      "ns1",
      "ns1 receives zones from web1 and web2, but its nameserver is disabled.",
      "Enable BIND or PowerDNS on ns1 and declare it, or remove the links to it.",
    ],
    [
      "ns1",
      "ns1 receives zones from web1 and web2, but its nameserver is disabled.",
      "Enable BIND or PowerDNS on ns1 and declare it, or remove the links to it.",
    ],
    [
      "ns2",
      "ns2 receives zones from web1 and web2, but its nameserver is disabled.",
      "Enable BIND or PowerDNS on ns2 and declare it, or remove the links to it.",
    ],
    [
      "ns1",
      "ns1 receives zones from web1, but its nameserver is disabled.",
      "Enable BIND or PowerDNS on ns1 and declare it, or remove the links to it.",
    ],
  ],
  "needless-trust": [
    [
      "ns1, web1: ns1 -> web1",
      "ns1 -> web1 is a trust that is not needed, because ns1 runs DNSOnly.",
      "Remove the trust { server: web1, peer: ns1 }.",
    ],
    [
      "ns1, web1: ns1 -> web1",
      "ns1 -> web1 is a trust that is not needed, because the link web1 -> ns1 is write-only.",
      "Remove the trust { server: web1, peer: ns1 }.",
    ],
    [
      "web1, ns2: web1 -> ns2",
      "web1 -> ns2 is a trust that is not needed, because ns2 runs DNSOnly.",
      "Remove the trust { server: ns2, peer: web1 }.",
    ],
  ],
  "write-only-duplicates": [
    [
      "web1, ns1: web1 -> ns1",
      "web1 -> ns1 (write-only) writes without a check for existing zones.",
      "Use the role sync unless the target must not be read from.",
    ],
    [
      "web1, ns1: web1 -> ns1",
      "web1 -> ns1 (write-only) writes without a check for existing zones.",
      "Use the role sync unless the target must not be read from.",
    ],
    [
      "web1, ns2: web1 -> ns2",
      "web1 -> ns2 (write-only) writes without a check for existing zones.",
      "Use the role sync unless the target must not be read from.",
    ],
  ],
  "write-only-competition": [
    [
      "web1, web2, ns1",
      "web1 and web2 write to ns1 as write-only without feeding each other.",
      "Use the role sync for all of these links but one.",
    ],
    [
      "web1, web2, ns1",
      "web1 and web2 write to ns1 as write-only without feeding each other.",
      "Use the role sync for all of these links but one.",
    ],
    [
      "web1, web2, ns2",
      "web1 and web2 write to ns2 as write-only without feeding each other.",
      "Use the role sync for all of these links but one.",
    ],
    [
      "web2, web3, ns1",
      "web2 and web3 write to ns1 as write-only without feeding each other.",
      "Use the role sync for all of these links but one.",
    ],
  ],
  "intermediary-slowdown": [
    [
      "web1, ns3",
      "web1 -> ns1 -> ns3 is about 3 times slower than a direct link (1 server between).",
      "Link web1 to ns3 directly.",
    ],
    [
      "web1, ns2",
      "web1 -> ns1 -> ns2 is about 3 times slower than a direct link (1 server between).",
      "Link web1 to ns2 directly.",
    ],
    [
      "web1, ns3",
      "web1 -> ns1 -> ns3 is about 3 times slower than a direct link (1 server between).",
      "Link web1 to ns3 directly.",
    ],
    [
      "web1, ns2",
      "web1 -> ns1 -> ns2 is about 3 times slower than a direct link (1 server between).",
      "Link web1 to ns2 directly.",
    ],
    [
      "web1, ns3",
      "web1 -> ns1 -> ns2 -> ns3 is about 9 times slower than a direct link (2 servers between).",
      "Link web1 to ns3 directly.",
    ],
  ],
  "nameserver-coverage": [
    [
      "web1, ns2",
      "web1 has no feeding path to 1 nameserver of its cluster: ns2.",
      "Link web1 to ns2, or put what it does not need in another cluster.",
    ],
    [
      "web1, ns2",
      "web1 has no feeding path to 1 nameserver of its cluster: ns2.",
      "Link web1 to ns2, or put what it does not need in another cluster.",
    ],
    [
      "web2, ns1",
      "web2 has no feeding path to 1 nameserver of its cluster: ns1.",
      "Link web2 to ns1, or put what it does not need in another cluster.",
    ],
    [
      "web1, ns2, ns3",
      "web1 has no feeding path to 2 nameservers of its cluster: ns2 and ns3.",
      "Link web1 to ns2 and ns3, or put what it does not need in another cluster.",
    ],
  ],
  "redundant-link": [
    [
      "web1, ns2: web1 -> ns2",
      "web1 -> ns2 stands beside web1 -> ns1 -> ns2.",
      "Keep the direct link and remove the detour, or the other way round.",
    ],
    [
      "web1, ns2: web1 -> ns2",
      "web1 -> ns2 stands beside web1 -> ns1 -> ns2.",
      "Keep the direct link and remove the detour, or the other way round.",
    ],
    [
      "web1, ns3: web1 -> ns3",
      "web1 -> ns3 stands beside web1 -> ns1 -> ns3.",
      "Keep the direct link and remove the detour, or the other way round.",
    ],
    [
      "web1, ns3: web1 -> ns3",
      "web1 -> ns3 stands beside web1 -> ns1 -> ns2 -> ns3.",
      "Keep the direct link and remove the detour, or the other way round.",
    ],
  ],
  "cpanel-nameserver": [
    [
      "ns1",
      "ns1 runs cPanel & WHM and receives zones from web1.",
      "Host no accounts on it, or use a DNSOnly server in its place.",
    ],
    [
      "web1",
      "web1 runs cPanel & WHM and receives zones from web2.",
      "Host no accounts on it, or use a DNSOnly server in its place.",
    ],
    [
      "web2",
      "web2 runs cPanel & WHM and receives zones from web1.",
      "Host no accounts on it, or use a DNSOnly server in its place.",
    ],
    [
      "ns1",
      "ns1 runs cPanel & WHM and receives zones from web1 and web2.",
      "Host no accounts on it, or use a DNSOnly server in its place.",
    ],
  ],
  "dnssec-powerdns": [
    [
      "ns1",
      "ns1 does not run PowerDNS (bind), and DNSSEC is declared on web1.",
      "Change ns1 to PowerDNS, or do without DNSSEC in this cluster.",
    ],
    [
      "ns1",
      "ns1 does not run PowerDNS (bind), and DNSSEC is declared on ns1 and web1.",
      "Change ns1 to PowerDNS, or do without DNSSEC in this cluster.",
    ],
    [
      "web1",
      "web1 does not run PowerDNS (disabled), and DNSSEC is declared on ns1 and web1.",
      "Change web1 to PowerDNS, or do without DNSSEC in this cluster.",
    ],
  ],
  "trust-verifiable": [
    [
      "web2, web1: web2 -> web1",
      "web2 -> web1 is a trust, and web2 runs version 11.82.0.1, older than 11.84.",
      "Upgrade web2 to 11.84 or later.",
    ],
    [
      "web1, web2: web1 -> web2",
      "web1 -> web2 is a trust, and web1 runs version 83.1, older than 11.84.",
      "Upgrade web1 to 11.84 or later.",
    ],
    [
      "web2, web1: web2 -> web1",
      "web2 -> web1 is a trust, and web2 runs version 11.9, older than 11.84.",
      "Upgrade web2 to 11.84 or later.",
    ],
  ],
  "unlinked-server": [
    ["ns2", "Nothing flows to or from ns2.", "Add a link or remove it."],
    ["ns2", "Nothing flows to or from ns2.", "Add a link or remove it."],
    ["web2", "Nothing flows to or from web2.", "Add a link or remove it."],
  ],
  "token-scope": [
    [
      "ns1, web1",
      "ns1 has a token for web1 that may do more than clustering (all).",
      "Give it clustering alone, and in whitelistIps the addresses of the servers that use it.",
    ],
    [
      "ns1, web1",
      "ns1 has a token for web1 that is accepted from any address.",
      "Give it clustering alone, and in whitelistIps the addresses of the servers that use it.",
    ],
    [
      "ns2, web1",
      "ns2 has a token for web1 that is accepted from 192.0.2.0/24, where no server that uses it is.",
      "Give it clustering alone, and in whitelistIps the addresses of the servers that use it.",
    ],
    [
      "ns1",
      "ns1 has a token that may do more than clustering (all, create-dns) and is accepted from any address.",
      "Give it clustering alone, and in whitelistIps the addresses of the servers that use it.",
    ],
    [
      "ns1, nobody",
      "ns1 has a token for nobody that is accepted from 192.0.2.10 and 2001:db8::10/128, where no server that uses it is.",
      "Give it clustering alone, and in whitelistIps the addresses of the servers that use it.",
    ],
    [
      "ns2",
      "ns2 has a token that is accepted from 192.0.2.12/32 and 2001:db8::/32, where no server that uses it is.",
      "Give it clustering alone, and in whitelistIps the addresses of the servers that use it.",
    ],
    [
      "web1",
      "web1 has a token that is accepted from 192.0.2.53, where no server that uses it is.",
      "Give it clustering alone, and in whitelistIps the addresses of the servers that use it.",
    ],
  ],
};
