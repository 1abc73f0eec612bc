import { providerText, typeToken, type DynamicType } from "../../provider/resources/dynamic";
import { provider } from "../../provider/runtime";

const types: DynamicType[] = [
  "ApiToken",
  "ClusterProof",
  "DnsClusterMember",
  "ReverseTrust",
  "TopologyGate",
  "TrustedRemoteIp",
];

describe("the strings in every state file", () => {
  test.each(types)("[U] the provider string of %s is the one that was released", (type) => {
    expect(providerText(type)).toBe(`exports.handler=()=>require("pulumi-whm/runtime").provider("${type}")`);
  });

  test.each(types)("[U] the type token of %s is the one that was released", (type) => {
    expect(typeToken(type)).toBe(`pulumi-nodejs:dynamic/whm:${type}`);
  });

  test.each(types)("[U] the runtime knows %s", (type) => {
    expect(Object.keys(provider(type))).toEqual(
      expect.arrayContaining(["configure", "check", "diff", "create", "update"]),
    );
  });

  test("[U] a type of a newer version is refused by name", () => {
    expect(() => provider("Zone")).toThrow(/does not know the resource type Zone; install a newer one/);
  });
});
