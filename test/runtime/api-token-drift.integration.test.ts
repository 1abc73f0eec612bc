import { managedServers } from "../helpers/managed-servers";
import { changes, type CreatedResource } from "../helpers/provider-process";
import { tokenInputs } from "../helpers/resource-inputs";
import { editTokens, storedTokens, type StoredToken } from "../helpers/stored-tokens";

const managed = managedServers();
const tokens = () => storedTokens(managed.simulator, "ns1");
const create = (more = {}): Promise<CreatedResource> =>
  managed.provider.create("ApiToken", tokenInputs(more));
const edit = (change: (token: StoredToken) => StoredToken | undefined) =>
  editTokens(managed.simulator, "ns1", change);

const without = (key: keyof StoredToken) => (token: StoredToken) => {
  const { [key]: _gone, ...rest } = token;
  return rest as StoredToken;
};

describe("reading a token", () => {
  test.each([
    ["order and duplicates of addresses", { whitelistIps: ["192.0.2.9", "192.0.2.10", "192.0.2.9"] }],
    ["a host written as a network", { whitelistIps: ["192.0.2.10/32", "2001:db8::1/128"] }],
    [
      "short and long forms of IPv6",
      { whitelistIps: ["2001:DB8::1", "2001:db8:0:0::/64", "::ffff:192.0.2.1"] },
    ],
    ["order and duplicates of privileges", { acls: ["status", "clustering", "status"] }],
    ["a numeric order of addresses", { whitelistIps: ["192.0.2.100", "192.0.2.20", "10.0.0.0/8"] }],
  ])("[I] does not report %s as drift", async (_name, more) => {
    const made = await create(more);
    expect(await managed.provider.read(made)).toEqual({ ...made, inputs: {} });
    const difference = await managed.provider.diff("ApiToken", made, tokenInputs(more));
    expect(difference).toEqual({ changes: changes.none, replaces: [] });
  });

  test.each([
    [
      "more privileges",
      (token: StoredToken) => ({ ...token, acls: ["clustering", "all"] }),
      { acls: ["all"] },
    ],
    ["a missing list of privileges", without("acls"), { acls: ["all"] }],
    [
      "another address",
      (token: StoredToken) => ({ ...token, whitelist_ips: ["192.0.2.66"] }),
      { whitelistIps: ["192.0.2.66"] },
    ],
    ["a missing list of addresses", without("whitelist_ips"), { whitelistIps: [] }],
    [
      "another expiry",
      (token: StoredToken) => ({ ...token, expires_at: 1999999999 }),
      { expiresAt: 1999999999 },
    ],
    ["a missing expiry", without("expires_at"), {}],
  ])("[I] shows %s, and an update repairs it", async (_name, change, drift) => {
    const inputs = tokenInputs({ expiresAt: 1893456000 });
    const made = await create(inputs);
    edit(change);
    const found = (await managed.provider.read(made))!;
    expect(found.properties).toMatchObject(drift);
    expect(found.inputs).toMatchObject(drift);
    expect(found.inputs["expiresAt"]).toBe(found.properties["expiresAt"]);
    expect(found.inputs).not.toHaveProperty("token");
    expect(found.inputs).not.toHaveProperty("tokenName");
    expect(await managed.provider.diff("ApiToken", found, inputs)).toEqual({
      changes: changes.unknown,
      replaces: [],
    });
    await managed.provider.update("ApiToken", found, inputs);
    expect(await managed.provider.read(made)).toEqual({ ...made, inputs: {} });
  });

  test("[I] reports a token that was renamed in WHM, and an update renames it back", async () => {
    const inputs = tokenInputs({ tokenName: "mine" });
    const made = await create(inputs);
    edit((token) => ({ ...token, name: "by-hand" }));
    const found = (await managed.provider.read(made))!;
    expect(found.inputs).toMatchObject({ tokenName: "by-hand" });
    expect(await managed.provider.diff("ApiToken", found, inputs)).toMatchObject({
      changes: changes.unknown,
    });
    await managed.provider.update("ApiToken", found, inputs);
    expect(tokens()).toMatchObject([{ name: "mine" }]);
  });

  test("[I] finds a revoked token gone, and deleting it succeeds", async () => {
    const made = await create();
    edit(() => undefined);
    expect(await managed.provider.read(made)).toBeUndefined();
    await managed.provider.delete(made);
  });

  test("[I] does not accept a token of the same name with another creation time as ours", async () => {
    const made = await create({ tokenName: "mine" });
    edit(() => undefined);
    const other = await create({ tokenName: "mine" });
    edit((token) => ({ ...token, create_time: token.create_time + 5 }));
    const later = { ...other, properties: { ...other.properties, createTime: tokens()[0]!.create_time } };
    expect(await managed.provider.read(made)).toBeUndefined();
    await managed.provider.delete(made);
    expect(await managed.provider.read(later)).toBeDefined();
  });
});
