import {
  addressesOf,
  canonicalAddress,
  isIpv4,
  productOf,
  visibleAddress,
  type ClusterServer,
} from "../../../provider/topology/model/server";

function server(more: Partial<ClusterServer>): ClusterServer {
  return { name: "s", type: "cpanel", nameserver: false, intermediary: false, ...more };
}

test("[U] a server's addresses are its own and its public one, each once and in one spelling", () => {
  expect(addressesOf(server({}))).toEqual([]);
  expect(addressesOf(server({ address: "192.0.2.1" }))).toEqual(["192.0.2.1"]);
  expect(addressesOf(server({ address: "192.0.2.1", publicAddress: "2001:DB8:0::1" }))).toEqual([
    "192.0.2.1",
    "2001:db8::1",
  ]);
  expect(addressesOf(server({ address: "192.0.2.1", publicAddress: "192.0.2.1" }))).toEqual(["192.0.2.1"]);
});

test("[U] other servers see the public address if there is one", () => {
  expect(visibleAddress(server({ address: "192.0.2.1" }))).toBe("192.0.2.1");
  expect(visibleAddress(server({ address: "192.0.2.1", publicAddress: "203.0.113.1" }))).toBe("203.0.113.1");
  expect(visibleAddress(server({}))).toBeUndefined();
});

test.each([
  ["192.0.2.1", true],
  ["255.255.255.255", true],
  ["0.0.0.0", true],
  ["192.0.2.256", false],
  ["256.0.2.1", false],
  ["192.0.2", false],
  ["192.0.2.1.5", false],
  ["192.0.2.1000", false],
  ["x192.0.2.1", false],
  ["192.0.2.1x", false],
  ["192.0.2.", false],
  ["192a0b2c1", false],
  ["::1", false],
  ["", false],
  [undefined, false],
])("[U] %j is IPv4: %s", (address, is) => {
  expect(isIpv4(address)).toBe(is);
});

test.each([
  ["2001:DB8:0:0::1", "2001:db8::1"],
  ["::FFFF:192.0.2.1", "::ffff:c000:201"],
  ["192.0.2.1", "192.0.2.1"],
  ["NS1", "NS1"],
  ["FE80::1%eth0", "fe80::1%eth0"],
  ["2001:DB8::/32", "2001:db8::/32"],
])("[U] %s has one normal spelling", (address, canonical) => {
  expect(canonicalAddress(address)).toBe(canonical);
});

test("[U] a product has its official name", () => {
  expect([server({}), server({ type: "dnsonly" })].map(productOf)).toEqual(["cPanel & WHM", "DNSOnly"]);
});
