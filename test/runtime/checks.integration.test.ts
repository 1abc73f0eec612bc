import type { DynamicType } from "../../provider/resources/dynamic";
import { managedServers } from "../helpers/managed-servers";
import type { CreatedResource } from "../helpers/provider-process";
import { memberInputs, tokenInputs, trustInputs } from "../helpers/resource-inputs";

type Values = CreatedResource["properties"];

const managed = managedServers();
const secret = "PLANTEDSECRETPLANTEDSECRETPLANTE";

const mistakes: [DynamicType, string, Values][] = [
  ["DnsClusterMember", "role", memberInputs(secret, { role: "master" })],
  ["DnsClusterMember", "token", memberInputs(`${secret}\nuser=x`)],
  ["DnsClusterMember", "token", memberInputs(` ${secret}`)],
  ["DnsClusterMember", "token", memberInputs("")],
  ["DnsClusterMember", "peerAddress", memberInputs(secret, { peerAddress: "2001:db8::1" })],
  ["DnsClusterMember", "peerAddress", memberInputs(secret, { peerAddress: "../../etc/passwd" })],
  ["DnsClusterMember", "peerHostname", memberInputs(secret, { peerHostname: "ns1 example" })],
  ["DnsClusterMember", "user", memberInputs(secret, { user: "root\r\npass=x" })],
  ["DnsClusterMember", "rôle", memberInputs(secret, { rôle: "sync" })],
  ["ReverseTrust", "token", trustInputs(`${secret}\0`)],
  ["ReverseTrust", "serverHostname", trustInputs(secret, { serverHostname: "" })],
  ["ReverseTrust", "adopt", trustInputs(secret, { adopt: "yes" })],
  ["ApiToken", "tokenName", tokenInputs({ tokenName: secret.repeat(2) })],
  ["ApiToken", "whitelistIps[0]", tokenInputs({ whitelistIps: [secret] })],
  ["ApiToken", "whitelistIps", tokenInputs({ whitelistIps: Array<string>(101).fill("192.0.2.1") })],
  ["ApiToken", "acls[1]", tokenInputs({ acls: ["clustering", `${secret}\n`] })],
  ["TrustedRemoteIp", "address", { server: "web1", address: secret }],
  ["TrustedRemoteIp", "address", { server: "web1", address: "192.0.2.1\n10.0.0.1" }],
  ["TrustedRemoteIp", "address", { server: "web1" }],
];

describe("a mistake in the inputs", () => {
  test.each(mistakes)(
    "[I] is found at the check of %s; the failure says %s, but has no value and no property",
    async (type, field, news) => {
      const { failures } = await managed.provider.check(type, news);
      expect(new Set(failures.map(({ property }) => property))).toEqual(new Set([""]));
      expect(new Set(failures.map(({ reason }) => reason.split(": ")[0]))).toEqual(new Set([field]));
      expect(JSON.stringify(failures)).not.toContain(secret);
      await expect(managed.provider.create(type, news)).rejects.toThrow(/is malformed/);
      expect(managed.simulator.journal()).toEqual([]);
    },
  );

  test("[I] is reported together with all others of the resource", async () => {
    const { failures } = await managed.provider.check(
      "DnsClusterMember",
      memberInputs("", { role: "x", peerAddress: "y" }),
    );
    const fields = new Set(failures.map(({ reason }) => reason.split(":")[0]));
    expect(fields).toEqual(new Set(["token", "role", "peerAddress"]));
  });

  test.each(mistakes.map(([type, , news]) => [type, news] as const))(
    "[I] is not printed by the process: %s",
    async (type, news) => {
      await managed.provider.check(type, news);
      expect(managed.provider.printed()).not.toContain(secret);
    },
  );
});

describe("inputs without a mistake", () => {
  test("[I] come back unchanged, with short role words and without defaults", async () => {
    const news = memberInputs(secret, { role: "Synchronize" });
    const { inputs, failures } = await managed.provider.check("DnsClusterMember", news);
    expect(failures).toEqual([]);
    const added = { __provider: expect.any(String) as string, logicalName: expect.any(String) as string };
    expect(inputs).toEqual({ ...news, ...added, role: "sync" });
  });

  test("[I] fail with the complete text of a rejection and nothing else", async () => {
    const rejection = "The links are rejected:\n  web1 -> web1\n  [self-link]";
    const { failures } = await managed.provider.check("DnsClusterMember", memberInputs("", { rejection }));
    expect(failures).toEqual([{ property: "", reason: rejection }]);
  });
});
