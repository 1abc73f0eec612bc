import { cleanFailure } from "../helpers/failed-write";
import { managedServers, withManagedServers, type ManagedServers } from "../helpers/managed-servers";
import { changes, type CreatedResource } from "../helpers/provider-process";
import { memberInputs, tokenInputs } from "../helpers/resource-inputs";
import { editTokens, storedTokens, tokenOpenedBy } from "../helpers/stored-tokens";

const managed = managedServers();
const past = 1000000000;
const later = 1893456000;

/** A token whose end has come since it was made. */
async function expired(own: ManagedServers = managed, more = {}): Promise<CreatedResource> {
  const made = await own.provider.create("ApiToken", tokenInputs(more));
  editTokens(own.simulator, "ns1", (token) => ({ ...token, expires_at: past }));
  return made;
}

/** Servers whose ns1 is asked with whmapi1 over SSH. */
const withoutApi = (work: (own: ManagedServers) => Promise<void>): Promise<void> =>
  withManagedServers(work, undefined, ({ web1, ns1 }) => ({ web1: web1!, ns1: { ...ns1!, api: undefined } }));

describe("an expired token", () => {
  test("[I] is reported as expired, needs an update, and is created again", async () => {
    const made = await expired();
    const found = (await managed.provider.read(made))!;
    expect(found.properties).toMatchObject({ expired: true, expiresAt: past });
    expect(found.inputs).toMatchObject({ expired: true });
    expect(await managed.provider.diff("ApiToken", found, tokenInputs({ expiresAt: past }))).toMatchObject({
      changes: changes.some,
    });
    const renewed = await managed.provider.update("ApiToken", found, tokenInputs({ expiresAt: later }));
    expect(renewed.properties).not.toHaveProperty("expired");
    expect(renewed.properties["token"]).not.toBe(made.properties["token"]);
    const [left, ...more] = storedTokens(managed.simulator, "ns1");
    expect([left!.expires_at, more]).toEqual([later, []]);
    expect(tokenOpenedBy(managed.simulator, "ns1", renewed.properties["token"] as string)).toEqual(left);
    expect(await managed.provider.read(renewed)).toEqual({ ...renewed, inputs: {} });
  });

  test("[I] is created again by an update that did not know of the expiry, and keeps its declared name", async () => {
    const made = await expired(managed, { tokenName: "mine" });
    const news = tokenInputs({ tokenName: "mine", expiresAt: later });
    const renewed = await managed.provider.update("ApiToken", made, news);
    expect(renewed.properties["token"]).not.toBe(made.properties["token"]);
    expect(storedTokens(managed.simulator, "ns1")).toMatchObject([{ name: "mine", expires_at: later }]);
  });

  test("[I] is detected by the local clock if the API cannot be asked safely", async () => {
    await withoutApi(async (own) => {
      const found = (await own.provider.read(await expired(own)))!;
      expect(found.properties).toMatchObject({ expired: true });
      await own.provider.update("ApiToken", found, tokenInputs({ expiresAt: later }));
      expect(storedTokens(own.simulator, "ns1")).toMatchObject([{ expires_at: later }]);
    });
  });

  test("[I] stays as it is, with a clear error, while its declared expiry is in the past", async () => {
    const made = await expired();
    const before = storedTokens(managed.simulator, "ns1");
    const news = tokenInputs({ expiresAt: past, acls: ["clustering", "status"] });
    expect(await cleanFailure(managed.provider.update("ApiToken", made, news))).toMatch(
      /make an API token on ns1: its expiresAt, .* has passed \[expired\]\. Give a later expiresAt/,
    );
    expect(storedTokens(managed.simulator, "ns1")).toEqual(before);
  });

  test("[I] is revoked although a member still stores it, because it is useless", async () => {
    const made = await managed.provider.create("ApiToken", tokenInputs());
    await managed.provider.create("DnsClusterMember", memberInputs(made.properties["token"] as string));
    editTokens(managed.simulator, "ns1", (token) => ({ ...token, expires_at: past }));
    await managed.provider.delete(made);
    expect(storedTokens(managed.simulator, "ns1")).toEqual([]);
  });

  test.each(["reset", "reset-after"] as const)(
    "[I] is created again only once if a reply is lost by %s",
    async (fault) => {
      await withManagedServers(async (own) => {
        const made = await expired(own);
        own.simulator.fault("ns1", fault, { door: "api", operation: "api_token_revoke", times: 1 });
        const news = tokenInputs({ expiresAt: later });
        expect(await cleanFailure(own.provider.update("ApiToken", made, news))).toContain("[reply-lost]");
        await own.provider.update("ApiToken", made, news);
        expect(storedTokens(own.simulator, "ns1")).toMatchObject([{ expires_at: later }]);
      });
    },
  );
});

describe("the expiry of a token at check", () => {
  const check = async (olds: object): Promise<string[]> => {
    const news = tokenInputs({ expiresAt: past });
    const { failures } = await managed.provider.check("ApiToken", news, olds as typeof news);
    return failures.map(({ property, reason }) => `${property}${reason}`);
  };
  const refusal = "expiresAt: 2001-09-09T01:46:40Z lies in the past; give a later time";

  test("[I] is refused in the past if the token is new or had another expiry", async () => {
    expect(await check({})).toEqual([refusal]);
    expect(await check(tokenInputs({ expiresAt: later }))).toEqual([refusal]);
  });

  test("[I] is accepted in the past if it has passed since the last run", async () => {
    expect(await check(tokenInputs({ expiresAt: past }))).toEqual([]);
  });
});
