import {
  canaryAddress,
  isCanaryText,
  isCanaryZone,
  newCanaryZone,
} from "../../../provider/runtime/canary/canary-zone";
import { planCanaries } from "../../../provider/runtime/canary/plan";
import { parseTopology } from "../../../provider/schema/topology";
import { link } from "../../topology/builders";

const zone = newCanaryZone("invalid");
const address = canaryAddress(zone, "0123456789abcdef");

test("[U] a canary has a reserved name that is new each time, and is known by it", () => {
  expect(zone).toMatch(/^pulumi-whm-canary-[0-9a-f]{20}\.invalid$/);
  expect(newCanaryZone("invalid")).not.toBe(zone);
  expect(isCanaryZone(zone)).toBe(true);
  expect(isCanaryZone(newCanaryZone("example.com"))).toBe(true);
  for (const other of ["example.com", "pulumi-whm-canary-1.invalid", `www.${zone}`, ""])
    expect(isCanaryZone(other)).toBe(false);
});

test("[U] its address is on the loopback network and comes from its name and its claim", () => {
  expect(address).toMatch(/^127\.\d+\.\d+\.\d+$/);
  expect(canaryAddress(zone, "0123456789abcdef")).toBe(address);
  expect(canaryAddress(zone, "fedcba9876543210")).not.toBe(address);
  expect(canaryAddress(newCanaryZone("invalid"), "0123456789abcdef")).not.toBe(address);
});

test.each([
  ["the record at the end of a line", `x. 14400 IN A ${address}`, true],
  ["blanks and tabs", `@\tin\ta\t${address}  \n`, true],
  ["another address", "x. 14400 IN A 127.0.0.1", false],
  ["the address in another record", `x. 14400 IN TXT ${address}`, false],
  ["a longer address", `x. 14400 IN A ${address}0`, false],
  ["no text", "", false],
])("[U] its zone file is known by %s", (_name, text, isOurs) => {
  expect(isCanaryText(text, address)).toBe(isOurs);
});

const plain = { type: "cpanel" as const };
const nameserver = { type: "dnsonly" as const };

test("[U] one canary is planned for each web server that feeds others, along all feeding links", () => {
  const topology = parseTopology({
    servers: {
      web1: { ...plain, address: "192.0.2.10" },
      web2: { ...plain, address: "192.0.2.11" },
      web3: { ...plain, address: "192.0.2.12" },
      ns1: { ...nameserver, address: "192.0.2.53", intermediary: true },
      ns2: { ...nameserver, address: "192.0.2.54" },
      ns3: { ...nameserver, address: "192.0.2.55", drain: { reason: "new disk" } },
    },
    links: [
      link("web1 -> ns1"),
      link("web1 -> ns3"),
      link("ns1 -> ns2"),
      link("web2 -> ns2", "write-only"),
      link("web3 -> ns2", "standalone"),
    ],
  });
  expect(planCanaries(topology)).toEqual([
    { origin: "web1", reaches: ["ns1", "ns2"] },
    { origin: "web2", reaches: ["ns2"] },
  ]);
});
