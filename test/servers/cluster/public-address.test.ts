import { outsideOf } from "../../../provider/servers/cluster/public-address";

const map =
  "10.0.0.5 203.0.113.5\n10.0.0.6\t203.0.113.6\r\n10.0.0.5 203.0.113.9\n10.0.0.7\n10.0.0.8 10.0.0.8\n";

test.each([
  ["10.0.0.5", "203.0.113.5"],
  ["10.0.0.6", "203.0.113.6"],
  ["10.0.0.7", undefined],
  ["10.0.0.8", undefined],
  ["203.0.113.5", undefined],
])("[U] the NAT map has for %s: %s", (address, outside) => {
  expect(outsideOf(address, map)).toBe(outside);
});
