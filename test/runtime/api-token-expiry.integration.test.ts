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

describe("a token that has expired", () => {
  test("[I] is told with a word of its own, has to be updated, and is made anew", async () => {
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

  test("[I] is made anew by an update that did not know of it, and keeps a name of its own", async () => {
    const made = await expired(managed, { tokenName: "mine" });
    const news = tokenInputs({ tokenName: "mine", expiresAt: later });
    const renewed = await managed.provider.update("ApiToken", made, news);
    expect(renewed.properties["token"]).not.toBe(made.properties["token"]);
    expect(storedTokens(managed.simulator, "ns1")).toMatchObject([{ name: "mine", expires_at: later }]);
  });

  test("[I] is seen by the clock of this machine where the API cannot be asked in safety", async () => {
    await withoutApi(async (own) => {
      const found = (await own.provider.read(await expired(own)))!;
      expect(found.properties).toMatchObject({ expired: true });
      await own.provider.update("ApiToken", found, tokenInputs({ expiresAt: later }));
      expect(storedTokens(own.simulator, "ns1")).toMatchObject([{ expires_at: later }]);
    });
  });

  test("[I] stays as it is, with a clear error, while it is to end in the past", async () => {
    const made = await expired();
    const before = storedTokens(managed.simulator, "ns1");
    const news = tokenInputs({ expiresAt: past, acls: ["clustering", "status"] });
    expect(await cleanFailure(managed.provider.update("ApiToken", made, news))).toMatch(
      /make an API token on ns1: its expiresAt, .* has passed \[expired\]\. Give a later expiresAt/,
    );
    expect(storedTokens(managed.simulator, "ns1")).toEqual(before);
  });

  test("[I] is revoked although a member still stores it: nothing is reached with it", async () => {
    const made = await managed.provider.create("ApiToken", tokenInputs());
    await managed.provider.create("DnsClusterMember", memberInputs(made.properties["token"] as string));
    editTokens(managed.simulator, "ns1", (token) => ({ ...token, expires_at: past }));
    await managed.provider.delete(made);
    expect(storedTokens(managed.simulator, "ns1")).toEqual([]);
  });

  test.each(["reset", "reset-after"] as const)(
    "[I] is made anew once where an answer is lost by %s on the way",
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

describe("the end of life at check", () => {
  const check = async (olds: object): Promise<string[]> => {
    const news = tokenInputs({ expiresAt: past });
    const { failures } = await managed.provider.check("ApiToken", news, olds as typeof news);
    return failures.map(({ property, reason }) => `${property}${reason}`);
  };
  const refusal = "expiresAt: 2001-09-09T01:46:40Z lies in the past; give a later time";

  test("[I] is refused in the past for a token that is new, or had another end", async () => {
    expect(await check({})).toEqual([refusal]);
    expect(await check(tokenInputs({ expiresAt: later }))).toEqual([refusal]);
  });

  test("[I] is let through in the past where it was reached while the program rested", async () => {
    expect(await check(tokenInputs({ expiresAt: past }))).toEqual([]);
  });
});
