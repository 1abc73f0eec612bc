import { managedServers, withManagedServers, type ManagedServers } from "../helpers/managed-servers";
import { changes, type CreatedResource } from "../helpers/provider-process";
import { tokenInputs } from "../helpers/resource-inputs";
import { editTokens, storedTokens } from "../helpers/stored-tokens";

const before = { serverAddress: "192.0.2.11" };
const now = { serverAddress: "192.0.2.99" };

const managed = managedServers();
const create = (more = {}): Promise<CreatedResource> =>
  managed.provider.create("ApiToken", tokenInputs(more));

/** Servers whose ns1 is declared at another address than its tokens were made at. */
const moved = (work: (own: ManagedServers) => Promise<void>): Promise<void> =>
  withManagedServers(work, undefined, ({ web1, ns1 }) => ({
    web1: web1!,
    ns1: { ...ns1!, address: now.serverAddress },
  }));

describe("a server with a new address", () => {
  test("[I] gets a token with another name before the old one is deleted", async () => {
    const old = await create(before);
    expect(await managed.provider.diff("ApiToken", old, tokenInputs(now))).toEqual({
      changes: changes.unknown,
      replaces: ["serverAddress"],
    });
    const made = await create(now);
    expect(made.properties["tokenName"]).not.toBe(old.properties["tokenName"]);
    expect(made.properties).toMatchObject(now);
  });

  test.each([
    ["is declared for the first time", {}, before],
    ["is no longer declared", before, {}],
  ])("[I] keeps its token if the address %s", async (_name, olds, news) => {
    const made = await create(olds);
    expect(await managed.provider.diff("ApiToken", made, tokenInputs(news))).toEqual({
      changes: changes.unknown,
      replaces: [],
    });
    managed.simulator.clearJournal();
    const changed = await managed.provider.update("ApiToken", made, tokenInputs(news));
    expect(changed.properties["token"]).toBe(made.properties["token"]);
    expect(managed.simulator.journal().filter(({ write }) => write)).toEqual([]);
    expect(await managed.provider.diff("ApiToken", changed, tokenInputs(news))).toMatchObject({
      changes: changes.none,
    });
  });

  test("[I] has its old token revoked if the machine is the same", async () => {
    await moved(async ({ simulator, provider }) => {
      const old = await provider.create("ApiToken", tokenInputs(before));
      await provider.delete(old);
      expect(storedTokens(simulator, "ns1")).toEqual([]);
      expect(provider.printed()).not.toContain("warning");
    });
  });

  test("[I] leaves the old token on the old machine and reports it", async () => {
    await moved(async ({ simulator, provider }) => {
      const old = await provider.create("ApiToken", tokenInputs(before));
      editTokens(simulator, "ns1", () => undefined);
      await provider.delete(old);
      await provider.prints(
        `ns1 is at 192.0.2.99 now and does not know the API token ${old.properties["tokenName"] as string}, which was made at 192.0.2.11`,
      );
      expect(provider.printed()).not.toContain(old.properties["token"]);
    });
  });

  test("[I] causes no warning about a token that was revoked by hand", async () => {
    const made = await create(before);
    editTokens(managed.simulator, "ns1", () => undefined);
    await managed.provider.delete(made);
    expect(managed.provider.printed()).not.toContain("does not know the API token");
  });

  test("[I] keeps a token with a declared name if the machine is the same", async () => {
    const made = await create({ ...before, tokenName: "mine" });
    const news = tokenInputs({ ...now, tokenName: "mine" });
    expect(await managed.provider.diff("ApiToken", made, news)).toEqual({
      changes: changes.unknown,
      replaces: [],
    });
    const changed = await managed.provider.update("ApiToken", made, news);
    expect(changed.properties).toMatchObject({ ...now, token: made.properties["token"] });
  });

  test("[I] gets a token with a declared name again on another machine", async () => {
    await moved(async ({ simulator, provider }) => {
      const old = await provider.create("ApiToken", tokenInputs({ ...before, tokenName: "mine" }));
      editTokens(simulator, "ns1", () => undefined);
      const made = await provider.update("ApiToken", old, tokenInputs({ ...now, tokenName: "mine" }));
      expect(storedTokens(simulator, "ns1")).toMatchObject([{ name: "mine" }]);
      expect(made.properties["token"]).not.toBe(old.properties["token"]);
      await provider.prints("which was made at 192.0.2.11");
    });
  });
});
