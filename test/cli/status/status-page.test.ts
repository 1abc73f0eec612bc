import { prometheusText } from "../../../provider/cli/status/prometheus";
import { statusKinds } from "../../../provider/survey";
import { textOf } from "../../helpers/markdown-pages";
import { readExposition } from "./exposition";

const page = textOf("docs/monitoring.md");

test("[U] the page explains every kind of finding with its severity, in the order of the list", () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (error|warning) +\|/gm)].map(([, ...cells]) => cells);
  expect(rows).toEqual(Object.entries(statusKinds));
});

test("[U] the page lists every metric with its labels, in the order in which they are printed", () => {
  const rows = [...page.matchAll(/^\| `(whm_dns_\w+)` +\| ([a-z, ]*?) *\|/gm)].map(([, name, labels]) => [
    name,
    labels,
  ]);
  const { samples } = readExposition(`${prometheusText(everything, serverRows, 1)}\n`);
  const printed = Object.keys(samples).map((sample) => [
    sample.replace(/\{.*/, ""),
    [...sample.matchAll(/([a-z]+)="/g)].map(([, label]) => label).join(", "),
  ]);
  expect(rows).toEqual([...new Map(printed.map((row) => [row[0], row])).values()]);
});

const server = {
  name: "ns1",
  product: "dnsonly",
  version: "11.136.0.5",
  nameserver: "bind",
  isNameserver: true,
  isClusteringOn: true,
  queue: 0,
  zones: [],
  copies: new Map([["example.com", { serial: 1 }]]),
  answers: new Map([["example.com", { serial: 1 }]]),
};

const serverRows = [
  { name: "ns1", health: { server, membersInUse: 0, membersDisabled: 0, nextToExpire: undefined } },
] as never;

/** A status with a sample of every metric. */
const everything = {
  status: {
    servers: new Map([["ns1", server]]),
    reach: [{ server: "web1", peer: "ns1", address: "192.0.2.11", role: "sync", state: "accepted" }],
  },
  members: [{ server: "web1", peer: "ns1", address: "192.0.2.11", role: "sync", state: "in-use", failed: 0 }],
  tokens: [{ server: "ns1", name: "a", expiresAt: 1, usedBy: ["web1"] }],
  zones: [{ zone: "example.com", isChosen: true, missingOn: [] }],
  findings: [],
} as never;
