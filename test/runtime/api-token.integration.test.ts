import { cleanFailure } from "../helpers/failed-write";
import { managedServers } from "../helpers/managed-servers";
import { changes, type CreatedResource } from "../helpers/provider-process";
import { tokenInputs } from "../helpers/resource-inputs";
import { storedTokens } from "../helpers/stored-tokens";

const managed = managedServers();
const tokens = () => storedTokens(managed.simulator, "ns1");
const create = (more = {}): Promise<CreatedResource> =>
  managed.provider.create("ApiToken", tokenInputs(more));

describe("creating a token", () => {
  test("[I] grants only the privilege clustering, pins the token, and sets no expiry", async () => {
    const made = await create();
    expect(tokens()).toEqual([
      {
        name: made.properties["tokenName"],
        create_time: made.properties["createTime"],
        acls: ["clustering"],
        whitelist_ips: ["192.0.2.10"],
      },
    ]);
    expect(made.id).toBe(`ns1/${made.properties["tokenName"] as string}`);
    expect(made.properties["token"]).toMatch(/^[0-9A-Z]{32}$/);
  });

  test("[I] grants every privilege only if it is declared", async () => {
    const made = await create({ acls: ["all"] });
    expect(tokens()).toMatchObject([{ acls: ["all"] }]);
    expect(await managed.provider.read(made)).toEqual({ ...made, inputs: {} });
  });

  test("[I] refuses an empty list of privileges at check", async () => {
    const { failures } = await managed.provider.check("ApiToken", tokenInputs({ acls: [] }));
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining("acls") as string }]);
    await cleanFailure(create({ acls: [] }));
    expect(tokens()).toEqual([]);
  });

  test("[I] passes on WHM's error about an unknown privilege", async () => {
    expect(await cleanFailure(create({ acls: ["edit-dns"] }))).toMatch(
      /on ns1: .*edit-dns.*\[refused-by-server\]/,
    );
  });

  test("[I] refuses a name that is taken and leaves the existing token", async () => {
    await create({ tokenName: "mine" });
    const before = tokens();
    expect(await cleanFailure(create({ tokenName: "mine" }))).toMatch(/mine on ns1: .*\[exists-already\]/);
    expect(tokens()).toEqual(before);
  });

  test("[I] generates different names for two resources with similar names", async () => {
    const stem = "n".repeat(60);
    const [one, other] = await Promise.all([
      create({ logicalName: `${stem}1` }),
      create({ logicalName: `${stem}2` }),
    ]);
    expect(one.properties["tokenName"]).not.toBe(other.properties["tokenName"]);
  });
});

describe("an expiry", () => {
  test.each([
    ["seconds", 1893456000],
    ["UTC", "2030-01-01T00:00:00Z"],
    ["another time zone", "2030-01-01T01:30:00+01:30"],
    ["fractions of seconds", "2030-01-01T00:00:00.900Z"],
  ])("[I] can be given as %s", async (_name, expiresAt) => {
    const { inputs, failures } = await managed.provider.check("ApiToken", tokenInputs({ expiresAt }));
    expect([failures, inputs["expiresAt"]]).toEqual([[], 1893456000]);
    const made = await create({ expiresAt });
    expect(tokens()).toMatchObject([{ expires_at: 1893456000 }]);
    expect(await managed.provider.diff("ApiToken", made, tokenInputs({ expiresAt }))).toMatchObject({
      changes: changes.none,
    });
  });

  test.each([0, -1, 1.5, "tomorrow", "2030-01-01", ""])(
    "[I] is refused at check as %j",
    async (expiresAt) => {
      const { failures } = await managed.provider.check("ApiToken", tokenInputs({ expiresAt }));
      expect(failures).toHaveLength(1);
    },
  );

  test("[I] is refused in the past before WHM is asked", async () => {
    managed.simulator.clearJournal();
    expect(await cleanFailure(create({ expiresAt: 1000000000 }))).toMatch(
      /ns1: its expiresAt, 2001-09-09T01:46:40Z, has passed \[expired\]\. Give a later expiresAt/,
    );
    expect(managed.simulator.journal()).toEqual([]);
  });
});

describe("changing a token", () => {
  test("[I] sends every field, whichever one has changed", async () => {
    const made = await create({ expiresAt: 1893456000, tokenName: "mine" });
    const news = tokenInputs({ expiresAt: 1893456000, tokenName: "mine", acls: ["clustering", "status"] });
    expect(await managed.provider.diff("ApiToken", made, news)).toEqual({
      changes: changes.unknown,
      replaces: [],
    });
    const changed = await managed.provider.update("ApiToken", made, news);
    expect(tokens()).toMatchObject([
      { acls: ["clustering", "status"], whitelist_ips: ["192.0.2.10"], expires_at: 1893456000 },
    ]);
    expect(changed.properties["token"]).toBe(made.properties["token"]);
  });

  test("[I] clears the list of addresses and the expiry when they are omitted", async () => {
    const made = await create({ expiresAt: 1893456000 });
    await managed.provider.update("ApiToken", made, tokenInputs({ whitelistIps: [] }));
    expect(Object.keys(tokens()[0]!).sort()).toEqual(["acls", "create_time", "name"]);
  });

  test("[I] renames in place and keeps the secret", async () => {
    const made = await create({ tokenName: "before" });
    const news = tokenInputs({ tokenName: "after" });
    expect(await managed.provider.diff("ApiToken", made, news)).toEqual({
      changes: changes.unknown,
      replaces: [],
    });
    const renamed = await managed.provider.update("ApiToken", made, news);
    expect(tokens()).toMatchObject([{ name: "after" }]);
    expect(renamed.properties).toMatchObject({ tokenName: "after", token: made.properties["token"] });
    await managed.provider.delete(renamed);
    expect(tokens()).toEqual([]);
  });

  test("[I] writes nothing if only the users change", async () => {
    const made = await create();
    managed.simulator.clearJournal();
    const changed = await managed.provider.update("ApiToken", made, tokenInputs({ users: ["web1", "ns1"] }));
    expect(changed.properties["users"]).toEqual(["web1", "ns1"]);
    expect(managed.simulator.journal().filter((event) => event.write)).toEqual([]);
  });

  test.each([
    ["rotate", { rotate: "2" }],
    ["server", { server: "web1" }],
  ])("[I] replaces the token if %s changes", async (key, change) => {
    const made = await create();
    expect(await managed.provider.diff("ApiToken", made, tokenInputs(change))).toEqual({
      changes: changes.unknown,
      replaces: [key],
    });
  });

  test("[I] keeps the old and the new token until a rotation is complete", async () => {
    const old = await create({ rotate: "1" });
    const made = await create({ rotate: "2" });
    expect(tokens().map(({ name }) => name)).toEqual([
      old.properties["tokenName"],
      made.properties["tokenName"],
    ]);
    await managed.provider.delete(old);
    expect(tokens().map(({ name }) => name)).toEqual([made.properties["tokenName"]]);
  });

  test("[I] refuses to rotate a token with a declared name", async () => {
    const { failures } = await managed.provider.check(
      "ApiToken",
      tokenInputs({ tokenName: "mine", rotate: "1" }),
    );
    expect(failures.map(({ reason }) => reason)).toEqual([expect.stringContaining("cannot be rotated")]);
  });

  test("[I] creates a new token if the old one is gone", async () => {
    const made = await create();
    await managed.provider.delete(made);
    const again = await managed.provider.update("ApiToken", made, tokenInputs());
    expect(tokens()).toMatchObject([{ name: again.properties["tokenName"] }]);
    expect(again.properties["token"]).not.toBe(made.properties["token"]);
  });
});
