import { providerText } from "../../provider/resources/dynamic";
import { cleanFailure, halfMade } from "../helpers/failed-write";
import { withManagedServers, type ManagedServers } from "../helpers/managed-servers";
import { tokenInputs } from "../helpers/resource-inputs";
import { storedTokens } from "../helpers/stored-tokens";

const doors = ["api", "exec"] as const;

/** Servers whose ns1 is asked through one door: over HTTPS, or with whmapi1 over SSH. */
function through(door: (typeof doors)[number], work: (own: ManagedServers) => Promise<void>): Promise<void> {
  return withManagedServers(work, undefined, ({ web1, ns1 }) => ({
    web1: web1!,
    ns1: door === "api" ? ns1! : { ...ns1!, api: undefined },
  }));
}

describe.each(doors)("a token whose reply over %s is lost", (door) => {
  test("[I] is created again, and only one working token is left", async () => {
    await through(door, async ({ simulator, provider }) => {
      simulator.fault("ns1", "reset-after", { door, operation: "api_token_create", times: 1 });
      const made = await provider.create("ApiToken", tokenInputs());
      expect(storedTokens(simulator, "ns1")).toMatchObject([{ name: made.properties["tokenName"] }]);
      expect(await provider.read(made)).toEqual({ ...made, inputs: {} });
    });
  });

  test("[I] is created once if the request never arrived", async () => {
    await through(door, async ({ simulator, provider }) => {
      simulator.fault("ns1", "reset", { door, operation: "api_token_create", times: 1 });
      await provider.create("ApiToken", tokenInputs());
      expect(storedTokens(simulator, "ns1")).toHaveLength(1);
    });
  });

  test("[I] is created again if the reply was cut short", async () => {
    await through(door, async ({ simulator, provider }) => {
      simulator.fault("ns1", "truncated", { door, operation: "api_token_create", times: 1 });
      const made = await provider.create("ApiToken", tokenInputs());
      expect(storedTokens(simulator, "ns1")).toMatchObject([{ name: made.properties["tokenName"] }]);
    });
  });

  test("[I] leaves nothing behind if the second reply is lost too", async () => {
    await through(door, async ({ simulator, provider }) => {
      simulator.fault("ns1", "reset-after", { door, operation: "api_token_create", times: 2 });
      expect(await cleanFailure(provider.create("ApiToken", tokenInputs()))).toContain("[reply-lost]");
      expect(storedTokens(simulator, "ns1")).toEqual([]);
    });
  });

  test("[I] is revoked only once if the reply to the revocation is lost", async () => {
    await through(door, async ({ simulator, provider }) => {
      const made = await provider.create("ApiToken", tokenInputs());
      simulator.fault("ns1", "reset-after", { door, operation: "api_token_revoke", times: 1 });
      expect(await cleanFailure(provider.delete(made))).toContain("[reply-lost]");
      await provider.delete(made);
      expect(storedTokens(simulator, "ns1")).toEqual([]);
    });
  });
});

test("[I] both reasons are reported for a token whose reply is lost and that cannot be searched for", async () => {
  await through("api", async ({ simulator, provider }) => {
    simulator.fault("ns1", "reset-after", { door: "api", operation: "api_token_create", times: 1 });
    simulator.fault("ns1", "html", { door: "api", operation: "api_token_list", after: 1, times: 1 });
    const message = await cleanFailure(provider.create("ApiToken", tokenInputs()));
    expect(message).toMatch(/create the API token \S+ on ns1: the answer never came: .* \[reply-lost\]/);
    expect(message).toMatch(/; then it failed to list .* \(unexpected-reply\) .*The token may be there/);
    const made = await provider.create("ApiToken", tokenInputs());
    expect(storedTokens(simulator, "ns1")).toMatchObject([{ name: made.properties["tokenName"] }]);
  });
});

test("[I] a token that was renamed while its reply was lost is found by its secret and kept", async () => {
  await through("api", async ({ simulator, provider }) => {
    const made = await provider.create("ApiToken", tokenInputs({ tokenName: "before" }));
    const news = tokenInputs({ tokenName: "after" });
    simulator.fault("ns1", "reset-after", { door: "api", operation: "api_token_update", times: 1 });
    const saved = await halfMade(provider.update("ApiToken", made, news));
    const renamed = await provider.update("ApiToken", saved, news);
    expect(renamed.properties).toMatchObject({ tokenName: "after", token: made.properties["token"] });
    expect(storedTokens(simulator, "ns1")).toMatchObject([{ name: "after" }]);
  });
});

describe("a token that differs from the request", () => {
  test.each(["half-applied", "lying-success"] as const)(
    "[I] is saved after the fault %s, and the next update repairs it",
    async (fault) => {
      await through("api", async ({ simulator, provider }) => {
        simulator.fault("ns1", fault, { door: "api", operation: "api_token_create", times: 1 });
        const saved = await halfMade(provider.create("ApiToken", tokenInputs()));
        expect(saved.properties).toMatchObject({ __provider: providerText("ApiToken") });
        const whole = await provider.update("ApiToken", saved, tokenInputs());
        expect(storedTokens(simulator, "ns1")).toMatchObject([
          { acls: ["clustering"], whitelist_ips: ["192.0.2.10"] },
        ]);
        expect(await provider.read(whole)).toEqual({ ...whole, inputs: {} });
      });
    },
  );

  test.each(["half-applied", "lying-success"] as const)(
    "[I] is reported by a refresh after a change with the fault %s",
    async (fault) => {
      await through("api", async ({ simulator, provider }) => {
        const made = await provider.create("ApiToken", tokenInputs());
        const news = tokenInputs({ acls: ["clustering", "status"], whitelistIps: ["192.0.2.77"] });
        simulator.fault("ns1", fault, { door: "api", operation: "api_token_update", times: 1 });
        const saved = await halfMade(provider.update("ApiToken", made, news));
        const found = (await provider.read(saved))!;
        expect(found.properties["whitelistIps"]).toEqual(["192.0.2.10"]);
        await provider.update("ApiToken", found, news);
        expect(storedTokens(simulator, "ns1")).toMatchObject([
          { acls: ["clustering", "status"], whitelist_ips: ["192.0.2.77"] },
        ]);
      });
    },
  );

  test("[I] is saved if it cannot be read back, and found complete later", async () => {
    await through("api", async ({ simulator, provider }) => {
      simulator.fault("ns1", "html", { door: "api", operation: "api_token_list", after: 1, times: 1 });
      const saved = await halfMade(provider.create("ApiToken", tokenInputs()));
      expect(await provider.read(saved)).toEqual({ id: saved.id, properties: saved.properties, inputs: {} });
    });
  });
});
