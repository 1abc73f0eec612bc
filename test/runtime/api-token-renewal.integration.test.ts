import { cleanFailure } from "../helpers/failed-write";
import { managedServers } from "../helpers/managed-servers";
import { changes, type CreatedResource } from "../helpers/provider-process";
import { tokenInputs } from "../helpers/resource-inputs";
import { editTokens, storedTokens } from "../helpers/stored-tokens";
import { expectDuring, now } from "../helpers/whole-seconds";

const managed = managedServers();
const day = 86_400;

/** Inputs of a token that is renewed two weeks before it expires. */
const renewing = (expiresAt: number, more = {}) => tokenInputs({ expiresAt, renewBefore: 14, ...more });

/** A token that was made 91 days ago and expires in 9, with the inputs that its program has had all the time. */
async function agedToken(
  daysLeft = 9,
  more = {},
): Promise<{ aged: CreatedResource; inputs: ReturnType<typeof renewing> }> {
  const expiresAt = now() + daysLeft * day + 60;
  const made = await managed.provider.create("ApiToken", renewing(now() + 100 * day, more));
  const createTime = expiresAt - 100 * day;
  editTokens(managed.simulator, "ns1", (token) => ({
    ...token,
    create_time: createTime,
    expires_at: expiresAt,
  }));
  const aged = { ...made, properties: { ...made.properties, createTime, expiresAt } };
  return { aged, inputs: renewing(expiresAt, more) };
}

const diff = (old: CreatedResource, inputs: object) =>
  managed.provider.diff("ApiToken", old, inputs as ReturnType<typeof renewing>);
const replaced = { changes: changes.some, replaces: ["expiresAt"] };
const same = { changes: changes.none, replaces: [] };

/** Replaces it as a run does. */
async function renewed(aged: CreatedResource, inputs: ReturnType<typeof renewing>): Promise<CreatedResource> {
  await diff(aged, inputs);
  const made = await managed.provider.create("ApiToken", inputs);
  await managed.provider.delete(aged);
  return made;
}

describe("renewBefore", () => {
  test("[I] plans nothing as long as there is more time", async () => {
    const { aged, inputs } = await agedToken(15);
    expect(await diff(aged, inputs)).toEqual(same);
  });

  test("[I] replaces a token inside that time, and says how many days are left", async () => {
    const { aged, inputs } = await agedToken();
    expect(await diff(aged, inputs)).toEqual(replaced);
    await managed.provider.prints(
      `ns1: the API token ${aged.properties["tokenName"] as string} expires in 9 days, and renewBefore is 14 days: it is replaced.`,
    );
  });

  test("[I] gives the new token the life of the one before, and then plans nothing more", async () => {
    const { aged, inputs } = await agedToken();
    const before = now();
    const made = await renewed(aged, inputs);
    const [stored, ...others] = storedTokens(managed.simulator, "ns1");
    expect(others).toEqual([]);
    expect(stored!.name).toBe(made.properties["tokenName"]);
    expectDuring(before, stored!.expires_at! - 100 * day);
    expect(made.properties["expiresAt"]).toBe(stored!.expires_at);
    expect(await diff(made, inputs)).toEqual(same);
    expect(await managed.provider.read(made)).toEqual({ ...made, inputs: {} });
    expect(
      await diff(made, renewing(inputs["expiresAt"] as number, { acls: ["clustering", "status"] })),
    ).toEqual({
      changes: changes.unknown,
      replaces: [],
    });
  });

  test("[I] keeps the renewed expiry when something else changes, and puts it back when somebody has changed it", async () => {
    const { aged, inputs } = await agedToken();
    const made = await renewed(aged, inputs);
    const until = made.properties["expiresAt"] as number;
    const changed = await managed.provider.update("ApiToken", made, {
      ...inputs,
      acls: ["clustering", "status"],
    });
    expect(storedTokens(managed.simulator, "ns1")).toMatchObject([{ expires_at: until }]);
    editTokens(managed.simulator, "ns1", (token) => ({ ...token, expires_at: until + day }));
    const found = (await managed.provider.read(changed))!;
    expect(found.inputs["expiresAt"]).toBe(until + day);
    const repaired = { ...inputs, acls: ["clustering", "status"] };
    expect(await diff(found, repaired)).toEqual({ changes: changes.unknown, replaces: [] });
    await managed.provider.update("ApiToken", found, repaired);
    expect(storedTokens(managed.simulator, "ns1")).toMatchObject([{ expires_at: until }]);
  });

  test("[I] gives way to an expiry that the user declares", async () => {
    const { aged, inputs } = await agedToken();
    const made = await renewed(aged, inputs);
    const later = renewing(now() + 200 * day);
    expect(await diff(made, later)).toEqual({ changes: changes.unknown, replaces: [] });
    const changed = await managed.provider.update("ApiToken", made, later);
    expect(storedTokens(managed.simulator, "ns1")).toMatchObject([{ expires_at: later["expiresAt"] }]);
    expect(changed.properties).not.toHaveProperty("renewal");
    expect(await diff(changed, later)).toEqual(same);
  });

  test("[I] renews a token again when the time of the renewed one is near, and after a rotation it lives as long", async () => {
    const { aged, inputs } = await agedToken();
    const made = await renewed(aged, inputs);
    const rotated = { ...inputs, rotate: "2" };
    expect(await diff(made, rotated)).toEqual({ changes: changes.unknown, replaces: ["rotate"] });
    const before = now();
    const next = await managed.provider.create("ApiToken", rotated);
    expectDuring(before, (next.properties["expiresAt"] as number) - 100 * day);
    const shift = 95 * day;
    const properties = { ...next.properties };
    const renewal = properties["renewal"] as { of: number; until: number; renews: number };
    Object.assign(properties, {
      createTime: (properties["createTime"] as number) - shift,
      expiresAt: renewal.until - shift,
      renewal: { ...renewal, until: renewal.until - shift },
    });
    expect(await diff({ ...next, properties }, rotated)).toEqual(replaced);
  });

  test("[I] replaces a token that has expired unnoticed, whoever stores it", async () => {
    const { aged, inputs } = await agedToken(-2);
    expect(await diff(aged, inputs)).toEqual(replaced);
    const made = await renewed(aged, inputs);
    expect(storedTokens(managed.simulator, "ns1")).toMatchObject([{ name: made.properties["tokenName"] }]);
  });

  test("[I] finds the new token of a killed run by its name and makes it again", async () => {
    const { aged, inputs } = await agedToken();
    await diff(aged, inputs);
    const lost = await managed.provider.create("ApiToken", inputs);
    const made = await renewed(aged, inputs);
    expect(made.properties["tokenName"]).toBe(lost.properties["tokenName"]);
    expect(made.properties["token"]).not.toBe(lost.properties["token"]);
    expect(storedTokens(managed.simulator, "ns1")).toHaveLength(1);
  });

  test("[I] is refused if it is not shorter than the token's life", async () => {
    const { aged, inputs } = await agedToken();
    expect(await cleanFailure(diff(aged, { ...inputs, renewBefore: 100 }))).toMatch(
      /renewBefore: must be less than the life of the token, 100 days, not 100; declare a later expiresAt/,
    );
  });

  test.each([
    ["without an expiry", tokenInputs({ renewBefore: 14 }), /renewBefore: needs an expiresAt/],
    ["with a name of its own", renewing(now() + 100 * day, { tokenName: "mine" }), /cannot be rotated/],
    [
      "for a new expiry inside that time",
      renewing(now() + 7 * day + 60),
      /expires in 7 days and would be replaced at once/,
    ],
    ["as half a day", renewing(now() + 100 * day, { renewBefore: 0.5 }), /whole number of days/],
  ])("[I] is refused at check %s", async (_title, inputs, reason) => {
    const { failures } = await managed.provider.check("ApiToken", inputs);
    expect(failures.map((failure) => failure.reason)).toEqual([expect.stringMatching(reason)]);
  });

  test("[I] accepts the expiry at the check of a replacement, for which the engine shows no old inputs", async () => {
    for (const daysLeft of [9, -2]) {
      const { aged, inputs } = await agedToken(daysLeft, { logicalName: `project/stack/left-${daysLeft}` });
      const { failures } = await managed.provider.check("ApiToken", inputs);
      expect(failures).toHaveLength(1);
      await diff(aged, inputs);
      expect((await managed.provider.check("ApiToken", inputs)).failures).toEqual([]);
    }
  });

  test("[I] accepts the expiry of an existing token at check, whatever time is left", async () => {
    const inputs = renewing(now() + 2 * day);
    expect((await managed.provider.check("ApiToken", inputs, inputs)).failures).toEqual([]);
  });
});
