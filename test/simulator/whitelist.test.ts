import { admits, normaliseWhitelist } from "../../provider/simulator/whitelist";

describe("the address list of a token", () => {
  test("[U] is sorted by number, IPv4 first, without duplicates and host suffixes, IPv6 in full", () => {
    const given = [
      "2001:db8::1",
      "192.0.2.10",
      "192.0.2.9/32",
      "192.0.2.9",
      "10.0.0.0/8",
      "::ffff:1.2.3.4/128",
    ];
    expect(normaliseWhitelist(given)).toEqual([
      "10.0.0.0/8",
      "192.0.2.9",
      "192.0.2.10",
      "0000:0000:0000:0000:0000:ffff:0102:0304",
      "2001:0db8:0000:0000:0000:0000:0000:0001",
    ]);
  });

  test.each([[["any"]], [["192.0.2.1", "any"]], [[]]])("[U] admits every address if it is %j", (given) => {
    expect(normaliseWhitelist(given)).toBeUndefined();
  });

  test.each(["", "ns1.example.com", "192.0.2", "192.0.2.0/33", "192.0.2.0/x", "2001:db8::/129"])(
    "[U] refuses the entry %j",
    (entry) => expect(() => normaliseWhitelist([entry])).toThrow("no address or network"),
  );

  test("[U] holds at most a hundred entries", () => {
    const many = Array.from({ length: 101 }, (_, number) => `192.0.2.${number}`);
    expect(normaliseWhitelist(many.slice(1))).toHaveLength(100);
    expect(() => normaliseWhitelist(many)).toThrow("more than 100");
  });

  test.each([
    [undefined, "192.0.2.1", true],
    [["192.0.2.1"], "192.0.2.1", true],
    [["192.0.2.1"], "192.0.2.10", false],
    [["192.0.2.0/24"], "192.0.2.99", true],
    [["192.0.2.0/24"], "192.0.3.1", false],
    [["2001:0db8:0000:0000:0000:0000:0000:0001"], "2001:db8::1", true],
    [["192.0.2.1"], "", false],
  ])("[U] %j admits the address %p: %p", (entries, address, admitted) => {
    expect(admits(entries, address)).toBe(admitted);
  });
});
