import { types } from "../../provider/policy/types";
import { typeToken } from "../../provider/resources/dynamic";
import { betweenWebServers, gate, member, resource, startPack, topology, trust, withUnknown } from "./stack";

const prod = gate("prod", topology([betweenWebServers]));
const onlyThis = (name: string) => name === "judged-links";

describe("the policy judged-links", () => {
  test.each([
    ["a member with the peer's address", member("web1", "ns1", "192.0.2.53")],
    ["a member with the peer's public address", member("web2", "ns1", "203.0.113.53")],
    ["a trust that the links need", trust("web1", "web2", "192.0.2.10")],
    ["a resource of another type", resource("pulumi:pulumi:Stack", "test", { server: "web1", peer: "ns1" })],
    ["a member that --target leaves out before it is created", resource(types.member, "new", {})],
  ])("[U] accepts %s", (_what, accepted) => {
    const pack = startPack({}, onlyThis);
    expect([pack.resource(prod), pack.resource(accepted), pack.stack([accepted, prod])]).toEqual([
      [],
      [],
      [],
    ]);
  });

  test.each([
    ["with another role", member("web1", "ns1", "192.0.2.53", "write-only"), "web1 -> ns1 (write-only, "],
    ["to another address", member("web1", "ns1", "192.0.2.99"), "web1 -> ns1 (sync, 192.0.2.99)"],
    ["the other way round", member("ns1", "web1", "192.0.2.10"), "ns1 -> web1"],
    [
      "without an address",
      resource(types.member, "m", { server: "web1", peer: "ns1", role: "sync" }),
      "web1 -> ns1",
    ],
    [
      "that is an unneeded trust",
      trust("ns1", "web1", "192.0.2.53"),
      "The trust of web1 in ns1 (192.0.2.53)",
    ],
  ])("[U] refuses a link %s, and reports it once", (_what, refused, text) => {
    const pack = startPack({}, onlyThis);
    pack.resource(prod);
    const violations = pack.resource(refused);
    expect(violations.map((violation) => violation.text)).toEqual([expect.stringContaining(text)]);
    expect(violations[0]!.urn).toBe(refused.urn);
    expect(pack.stack([refused, prod])).toEqual([]);
  });

  test("[U] refuses a link that is registered before its gate, because it does not wait for it", () => {
    expect(startPack().resource(member("web1", "ns1", "192.0.2.53"))).toHaveLength(1);
  });

  test("[U] finds at the end what was not checked with each resource, in any order", () => {
    const known = member("web1", "ns1", "192.0.2.53");
    const unknown = member("web1", "ns1", "192.0.2.99");
    const violations = startPack({}, onlyThis).stack([unknown, known, prod]);
    expect(violations.map(({ urn }) => urn)).toEqual([unknown.urn]);
  });

  test("[U] treats an end that is unknown at a preview as a violation", () => {
    const pack = startPack();
    pack.resource(prod);
    const [violation] = pack.resource(withUnknown(member("web1", "ns1", "192.0.2.53"), "peer"));
    expect(violation!.text).toContain("web1-ns1 cannot be judged. string value at .peer can't be known");
  });

  test("[U] never reads a token, which is unknown at a preview", () => {
    const pack = startPack();
    pack.resource(gate("prod", topology()));
    expect(pack.resource(withUnknown(member("web1", "ns1", "192.0.2.53"), "token"))).toEqual([]);
  });

  test("[U] recognises the types by the type tokens of the resources", () => {
    expect(types).toEqual({
      gate: typeToken("TopologyGate"),
      member: typeToken("DnsClusterMember"),
      trust: typeToken("ReverseTrust"),
    });
  });
});
