import { managedServers } from "../helpers/managed-servers";
import { changes, ProviderProcess, type CreatedResource } from "../helpers/provider-process";
import { memberInputs, tokenInputs } from "../helpers/resource-inputs";
import { cleanFailure } from "../helpers/failed-write";
import { editTokens, storedTokens, type StoredToken } from "../helpers/stored-tokens";
import { expectDuring, now } from "../helpers/whole-seconds";

const managed = managedServers();
const hour = 3600;

/** Inputs of a token that servers of other stacks use as well: nobody can look whether they still do. */
const shared = (more = {}) => tokenInputs({ users: [], keepOldFor: "24h", ...more });
const tokens = (): StoredToken[] => storedTokens(managed.simulator, "ns1");
const nameOf = ({ properties }: CreatedResource): string => properties["tokenName"] as string;

/** Makes a token as if some hours ago: a later one of the same second could not be told from it. */
async function olderToken(inputs = shared({ rotate: "1" }), hours = 100): Promise<CreatedResource> {
  const made = await managed.provider.create("ApiToken", inputs);
  return aged(made, hours);
}

/** The same token and state, made so many hours earlier. */
function aged(made: CreatedResource, hours: number): CreatedResource {
  const createTime = (made.properties["createTime"] as number) - hours * hour;
  editTokens(managed.simulator, "ns1", (token) =>
    token.name === nameOf(made) ? { ...token, create_time: createTime } : token,
  );
  return { ...made, properties: { ...made.properties, createTime } };
}

/** Rotates as a run does: diff, the new one, the old one. */
async function rotated(
  old: CreatedResource,
  inputs = shared({ rotate: "2" }),
  provider: ProviderProcess = managed.provider,
): Promise<CreatedResource> {
  await provider.diff("ApiToken", old, inputs);
  const made = await provider.create("ApiToken", inputs);
  await provider.delete(old);
  return made;
}

/** Lets the time of every kept token end. */
function passTime(made: CreatedResource): CreatedResource {
  editTokens(managed.simulator, "ns1", (token) =>
    token.expires_at === undefined ? token : { ...token, expires_at: now() - 10 },
  );
  return { ...made, properties: { ...made.properties, keptUntil: now() - 5 } };
}

describe("keepOldFor", () => {
  test("[I] lets a replaced token expire instead of revoking it, with its privileges and addresses", async () => {
    const old = await olderToken();
    const before = now();
    const made = await rotated(old);
    const [kept, current, ...others] = tokens();
    expect(others).toEqual([]);
    expect(kept).toMatchObject({ name: nameOf(old), acls: ["clustering"], whitelist_ips: ["192.0.2.10"] });
    expectDuring(before, kept!.expires_at! - 24 * hour);
    expect(current).toMatchObject({ name: nameOf(made) });
    expect(current).not.toHaveProperty("expires_at");
  });

  test("[I] counts when it is declared together with the rotation, and not when it is removed with it", async () => {
    const plain = await olderToken(tokenInputs({ users: [], rotate: "1" }));
    await rotated(plain);
    expect(tokens()).toHaveLength(2);
    editTokens(managed.simulator, "ns1", () => undefined);
    const old = await olderToken();
    const made = await rotated(old, tokenInputs({ users: [], rotate: "2" }));
    expect(tokens().map(({ name }) => name)).toEqual([nameOf(made)]);
  });

  test("[I] never moves an earlier expiry, and a repeated deletion does not move it either", async () => {
    const soon = now() + hour;
    const old = await olderToken(shared({ rotate: "1", expiresAt: soon }));
    await rotated(old, shared({ rotate: "2", expiresAt: soon + hour }));
    expect(tokens()[0]).toMatchObject({ name: nameOf(old), expires_at: soon });
    managed.simulator.clearJournal();
    await managed.provider.delete(old);
    expect(managed.simulator.journal().filter(({ write }) => write)).toEqual([]);
  });

  /** Does something in a process of its own, as a later run does. */
  async function inNextRun(work: (next: ProviderProcess) => Promise<unknown>): Promise<void> {
    const servers = { "whm:servers": JSON.stringify(managed.simulator.servers) };
    const next = await ProviderProcess.start(servers);
    await work(next).finally(() => next.stop());
  }

  test("[I] is done by the run after one that was killed before it deleted the old token", async () => {
    const old = await olderToken();
    const made = await managed.provider.create("ApiToken", shared({ rotate: "2" }));
    await inNextRun(async (next) => {
      await next.diff("ApiToken", made, shared({ rotate: "2" }));
      await next.delete(old);
    });
    expect(tokens()[0]).toHaveProperty("expires_at");
    expect(tokens()).toHaveLength(2);
  });

  test("[I] is done in a process that has seen no diff, while another one makes the new token", async () => {
    const old = await olderToken();
    await inNextRun(async (next) => {
      await managed.provider.create("ApiToken", shared({ rotate: "2" }));
      await next.delete(old);
    });
    expect(tokens()[0]).toHaveProperty("expires_at");
    expect(tokens()).toHaveLength(2);
  });

  test("[I] keeps nothing when a destruction follows a killed rotation", async () => {
    const old = await olderToken();
    aged(await managed.provider.create("ApiToken", shared({ rotate: "2" })), 1);
    await inNextRun((next) => next.delete(old));
    expect(tokens()).toEqual([]);
  });

  test("[I] does not let a token go that one of its users still stores", async () => {
    const old = await olderToken(shared({ rotate: "1", users: ["web1"] }));
    await managed.provider.create("DnsClusterMember", memberInputs(old.properties["token"] as string));
    expect(await cleanFailure(rotated(old, shared({ rotate: "2", users: ["web1"] })))).toContain("[in-use]");
    expect(tokens()[0]).not.toHaveProperty("expires_at");
  });

  test("[I] plans nothing until the time is over, then says so and revokes the old token", async () => {
    const old = await olderToken();
    const made = await rotated(old);
    const inputs = shared({ rotate: "2" });
    expect(await managed.provider.diff("ApiToken", made, inputs)).toMatchObject({ changes: changes.none });
    const later = passTime(made);
    expect(await managed.provider.diff("ApiToken", later, inputs)).toEqual({
      changes: changes.some,
      replaces: [],
    });
    await managed.provider.prints(`the token that ${nameOf(made)} has replaced was kept until`);
    const cleaned = await managed.provider.update("ApiToken", later, inputs);
    expect(cleaned.properties).not.toHaveProperty("keptUntil");
    expect(tokens().map(({ name }) => name)).toEqual([nameOf(made)]);
  });

  test("[I] waits for a token that expires later than the state has thought", async () => {
    const made = await rotated(await olderToken());
    const [kept] = tokens();
    const early = { ...made, properties: { ...made.properties, keptUntil: now() - 5 } };
    const updated = await managed.provider.update("ApiToken", early, shared({ rotate: "2" }));
    expect(tokens()).toHaveLength(2);
    expect(updated.properties["keptUntil"]).toBe(kept!.expires_at);
  });

  test("[I] keeps each of several replaced tokens for its own time", async () => {
    const old = await olderToken();
    const second = aged(await rotated(old), 50);
    await rotated(second, shared({ rotate: "3" }));
    expect(
      tokens()
        .map(({ name }) => name)
        .slice(0, 2),
    ).toEqual([nameOf(old), nameOf(second)]);
    expect(tokens()).toHaveLength(3);
  });

  test("[I] leaves nothing behind when the token is deleted for good", async () => {
    const made = aged(await rotated(await olderToken()), 50);
    await managed.provider.delete(made);
    expect(tokens()).toEqual([]);
  });

  test("[I] does not touch tokens of a resource of the same name in another stack", async () => {
    const others = { logicalName: "project/other/ns1-for-web1" };
    const foreign = await olderToken(shared({ ...others, expiresAt: now() + hour }));
    const made = aged(await rotated(await olderToken()), 50);
    await managed.provider.delete(made);
    expect(tokens().map(({ name }) => name)).toEqual([nameOf(foreign)]);
  });

  test.each(["24", "0h", "1w", "", "24 h", "99999d"])("[I] is refused at check as %j", async (keepOldFor) => {
    const { failures } = await managed.provider.check("ApiToken", shared({ keepOldFor }));
    const shown = keepOldFor && `, not "${keepOldFor}"`;
    expect(failures.map(({ reason }) => reason)).toEqual([
      `keepOldFor: must be a number of minutes, hours or days such as 30m, 24h or 7d${shown}`,
    ]);
  });
});
