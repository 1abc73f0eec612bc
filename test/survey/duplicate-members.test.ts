import type { FoundMember } from "../../provider/servers";
import { duplicateMembers, duplicateText } from "../../provider/survey/duplicate-members";
import { memberAt } from "./audit/standing";

const names: Record<string, string> = {
  "10.0.0.53": "ns1",
  "203.0.113.53": "ns1",
  "192.0.2.54": "ns2",
};
const found = (...members: FoundMember[]) => duplicateMembers(members, (address) => names[address]);
const at = (key: string, host: string) => memberAt(key, "sync", host);

describe("a server that another one stores twice", () => {
  test.each([
    ["both of its addresses", [at("10.0.0.53", "a.example"), at("203.0.113.53", "b.example")], "ns1"],
    [
      "an address that nobody knows, by its host name",
      [at("192.0.2.54", "N.example"), at("198.51.100.1", "n.example")],
      "ns2",
    ],
    [
      "two unknown addresses",
      [at("198.51.100.1", "n.example"), at("198.51.100.2", "n.example")],
      "n.example",
    ],
  ])("[U] is found under %s", (_title, members, about) => {
    expect(found(at("192.0.2.99", "other.example"), ...members)).toEqual([
      { about, keys: members.map(({ key }) => key) },
    ]);
  });

  test.each([
    ["different servers", [at("10.0.0.53", "a.example"), at("192.0.2.54", "b.example")]],
    ["addresses in place of host names", [at("198.51.100.1", "192.0.2.7"), at("198.51.100.2", "192.0.2.7")]],
    ["empty host names", [at("198.51.100.1", ""), at("198.51.100.2", "")]],
    [
      "entries of another module",
      [at("10.0.0.53", "a"), memberAt("203.0.113.53", "sync", "a", "SECRET", "imh")],
    ],
    ["a role file alone", [at("10.0.0.53", "a"), { ...at("203.0.113.53", "a"), text: undefined }]],
  ])("[U] is not seen in %s", (_title, members) => {
    expect(found(...members)).toEqual([]);
  });

  test("[U] is told in one sentence", () => {
    expect(duplicateText({ about: "ns1", keys: ["10.0.0.53", "203.0.113.53"] })).toBe(
      "stores ns1 twice, under 10.0.0.53 and 203.0.113.53; WHM allows one member for a host name",
    );
    expect(duplicateText({ about: "ns1", keys: ["1", "2", "3"] })).toContain(
      "stores ns1 3 times, under 1, 2 and 3;",
    );
  });
});
