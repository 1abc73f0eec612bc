import type { DynamicType } from "../../provider/resources/dynamic";
import { managedServers } from "../helpers/managed-servers";
import { changes, type CreatedResource } from "../helpers/provider-process";
import { memberInputs, tokenInputs, trustInputs } from "../helpers/resource-inputs";

type Values = CreatedResource["properties"];

const managed = managedServers();
/** What the engine sends at preview in place of a value that is not known yet. */
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const declared: [DynamicType, Values][] = [
  ["DnsClusterMember", memberInputs("TOKEN", { user: "root", adopt: true, enableClustering: true })],
  ["ApiToken", tokenInputs({ acls: ["clustering"], expiresAt: 1893456000, rotate: "1" })],
  ["ApiToken", tokenInputs({ tokenName: "mine" })],
  ["TrustedRemoteIp", { server: "web1", address: "192.0.2.53" }],
  ["ReverseTrust", trustInputs("TOKEN", { user: "root", adopt: true, serverPublicAddress: "203.0.113.1" })],
];

const positions = declared.flatMap(([type, inputs]) =>
  Object.keys(inputs).flatMap((key): [DynamicType, string, Values][] => [
    [type, key, { ...inputs, [key]: unknownValue }],
    ...(Array.isArray(inputs[key])
      ? [[type, `${key}[0]`, { ...inputs, [key]: [unknownValue] }] as [DynamicType, string, Values]]
      : []),
  ]),
);

describe("an unknown value", () => {
  test.each(positions)("[I] passes check and diff of %s as %s unchanged", async (type, position, news) => {
    const [, known] = declared.find(
      ([each, inputs]) => each === type && Object.keys(inputs).every((key) => key in news),
    )!;
    const { inputs, failures } = await managed.provider.check(type, news);
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject(news);
    const made = { acls: ["clustering"], whitelistIps: [], users: [], tokenName: "mine", createTime: 1 };
    const state = { id: "some", properties: { ...made, ...known } };
    const difference = await managed.provider.diff(type, state, news);
    const isIgnored = ["logicalName", "adopt", "enableClustering"].includes(position);
    expect(difference.changes === changes.none).toBe(isIgnored);
  });

  test.each(declared)("[I] hides no mistake beside it in a complete %s", async (type, inputs) => {
    const mistaken = {
      ...inputs,
      server: " blanks ",
      [type === "ApiToken" ? "acls" : "token"]: unknownValue,
    };
    const { failures } = await managed.provider.check(type, mistaken);
    expect(failures.some(({ reason }) => reason.startsWith("server: "))).toBe(true);
  });
});
