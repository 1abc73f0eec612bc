import { cleanFailure } from "../helpers/failed-write";
import { managedServers, webAndNameserver, withManagedServers } from "../helpers/managed-servers";
import type { ServersInput } from "../../provider/schema/server";
import { ProviderProcess, type CreatedResource } from "../helpers/provider-process";
import { memberInputs, tokenInputs } from "../helpers/resource-inputs";
import { memberFile, ns1Entry } from "../helpers/server-files";
import { editTokens, storedTokens } from "../helpers/stored-tokens";

const managed = managedServers();
const create = (more = {}): Promise<CreatedResource> =>
  managed.provider.create("ApiToken", tokenInputs(more));

describe("revoking a token", () => {
  test("[I] is refused while a member still stores the token, and the error names the member", async () => {
    const made = await create();
    const member = await managed.provider.create(
      "DnsClusterMember",
      memberInputs(made.properties["token"] as string),
    );
    const message = await cleanFailure(managed.provider.delete(made));
    expect(message).toMatch(
      /on ns1: web1 still reaches a member with it \(192\.0\.2\.11 of root\).*\[in-use\]/,
    );
    expect(storedTokens(managed.simulator, "ns1")).toHaveLength(1);
    await managed.provider.delete(member);
    await managed.provider.delete(made);
    expect(storedTokens(managed.simulator, "ns1")).toEqual([]);
  });

  test("[I] is refused while a reseller's member stores the token", async () => {
    const made = await create();
    const text = `#version 2.0\nmodule=cPanel\npass=${made.properties["token"] as string}\n`;
    managed.simulator.files("web1").write("/var/cpanel/cluster/alice/config/192.0.2.11", text);
    expect(await cleanFailure(managed.provider.delete(made))).toContain("192.0.2.11 of alice");
  });

  test("[I] is refused if a user of the token cannot be reached", async () => {
    await withManagedServers(
      async ({ simulator, provider }) => {
        const made = await provider.create("ApiToken", tokenInputs());
        simulator.fault("web1", "refuse", { door: "ssh" });
        expect(await cleanFailure(provider.delete(made))).toContain("on web1");
        expect(storedTokens(simulator, "ns1")).toHaveLength(1);
      },
      undefined,
      ({ web1, ns1 }) => ({
        web1: { ...web1!, connection: { ...web1!.connection!, dialErrorLimit: 1 } },
        ns1: ns1!,
      }),
    );
  });

  test("[I] of a token without users is refused while any server of the provider stores it", async () => {
    const made = await create({ users: [] });
    const member = await managed.provider.create(
      "DnsClusterMember",
      memberInputs(made.properties["token"] as string),
    );
    expect(await cleanFailure(managed.provider.delete(made))).toContain(
      "web1 still reaches a member with it (192.0.2.11 of root)",
    );
    await managed.provider.delete(member);
    await managed.provider.delete(made);
    expect(storedTokens(managed.simulator, "ns1")).toEqual([]);
  });

  test("[I] of a token without users is refused if a server of the provider cannot be asked, unless it is gone", async () => {
    const quick = ({ web1, ns1 }: ServersInput, more = {}): ServersInput => ({
      web1: { ...web1!, connection: { ...web1!.connection!, dialErrorLimit: 1 }, ...more },
      ns1: ns1!,
    });
    await withManagedServers(
      async ({ simulator, provider }) => {
        const made = await provider.create("ApiToken", tokenInputs({ users: [] }));
        simulator.fault("web1", "refuse", { door: "ssh" });
        expect(await cleanFailure(provider.delete(made))).toMatch(
          /find out whether the API token .* is still stored on web1: .*name those that store it in `users`/,
        );
        expect(storedTokens(simulator, "ns1")).toHaveLength(1);
        const settings = JSON.stringify(quick(simulator.servers, { forget: true }));
        const later = await ProviderProcess.start({ "whm:servers": settings });
        await later.delete(made).finally(() => later.stop());
        expect(storedTokens(simulator, "ns1")).toEqual([]);
      },
      undefined,
      quick,
    );
  });

  test("[I] is refused for the token that the provider itself logs in with", async () => {
    const made = await create();
    const own = managed.simulator.servers["ns1"]!.api!.token!;
    const login = { ...made, properties: { ...made.properties, token: own, tokenName: "provider-access" } };
    const [listed] = Object.values(storedOwn());
    const state = { ...login, properties: { ...login.properties, createTime: listed!.create_time } };
    const message = await cleanFailure(managed.provider.delete(state));
    expect(message).toMatch(/on ns1: the provider itself logs in with it \[in-use\]/);
    expect(message).not.toContain(own);
    expect(await managed.provider.read(made)).toBeDefined();
  });

  test("[I] removes only the old token after a rename in the program", async () => {
    const old = await create();
    const made = await create({ logicalName: "project/stack/other" });
    await managed.provider.delete(old);
    expect(storedTokens(managed.simulator, "ns1")).toMatchObject([{ name: made.properties["tokenName"] }]);
  });

  function storedOwn(): Record<string, { name: string; create_time: number }> {
    const text = managed.simulator.files("ns1").read("/var/cpanel/authn/api_tokens_v2/whostmgr/root.json")!;
    const { tokens } = JSON.parse(text) as { tokens: Record<string, { name: string; create_time: number }> };
    return Object.fromEntries(Object.entries(tokens).filter(([, token]) => token.name === "provider-access"));
  }
});

describe("a token of an interrupted run", () => {
  test("[I] is revoked by its name and created again if nobody stores it", async () => {
    const lost = await create();
    const made = await create();
    expect(storedTokens(managed.simulator, "ns1")).toMatchObject([{ name: lost.properties["tokenName"] }]);
    expect(made.properties["token"]).not.toBe(lost.properties["token"]);
  });

  test("[I] is revoked together with the token that it was to replace, whatever rotates that one in the end", async () => {
    const old = await create({ rotate: "1" });
    const lost = await create({ rotate: "2" });
    const age = (name: unknown): number => (name === lost.properties["tokenName"] ? 100 : 200);
    editTokens(managed.simulator, "ns1", (token) => ({
      ...token,
      create_time: token.create_time - age(token.name),
    }));
    const made = await create({ rotate: "3" });
    const createTime = (old.properties["createTime"] as number) - 200;
    await managed.provider.delete({ ...old, properties: { ...old.properties, createTime } });
    expect(storedTokens(managed.simulator, "ns1")).toMatchObject([{ name: made.properties["tokenName"] }]);
  });

  test("[I] is left alone while a member stores it, and the new token gets another name", async () => {
    const lost = await create();
    await managed.provider.create("DnsClusterMember", memberInputs(lost.properties["token"] as string));
    const made = await create();
    const names = storedTokens(managed.simulator, "ns1").map(({ name }) => name);
    expect(names).toEqual([lost.properties["tokenName"], made.properties["tokenName"]]);
    expect(managed.simulator.files("web1").read(ns1Entry.role)).toBe("sync");
  });

  const entryOfNs2 = "#version 2.0\nuser=root\nhost=ns2.example.com\npass=SECRETOFNS2\nmodule=cPanel\n";

  test("[I] is revoked without sending secrets of other servers to its server", async () => {
    const options = { ...webAndNameserver, ns2: { type: "dnsonly" as const } };
    await withManagedServers(async ({ simulator, provider }) => {
      await provider.create("ApiToken", tokenInputs());
      simulator.files("web1").write(memberFile("192.0.2.12"), entryOfNs2);
      simulator.clearJournal();
      await provider.create("ApiToken", tokenInputs());
      expect(storedTokens(simulator, "ns1")).toHaveLength(1);
      expect(simulator.journal().map(({ operation }) => operation)).not.toContain("api_token_get_details");
    }, options);
  });

  test("[I] is left alone if a member belongs to no known server", async () => {
    await create();
    managed.simulator.files("web1").write(memberFile("192.0.2.12"), entryOfNs2);
    await create();
    expect(storedTokens(managed.simulator, "ns1")).toHaveLength(2);
  });

  test("[I] is left alone and named in a warning if its users cannot be determined", async () => {
    const lost = await create({ users: [] });
    const made = await create({ users: [] });
    const names = storedTokens(managed.simulator, "ns1").map(({ name }) => name);
    expect(names).toEqual([lost.properties["tokenName"], made.properties["tokenName"]]);
    await managed.provider.prints(`ns1 has the API token ${names[0]} already`);
  });

  test("[I] is revoked if it has expired, whoever stores it", async () => {
    await create({ users: [] });
    editTokens(managed.simulator, "ns1", (token) => ({ ...token, expires_at: 1000000000 }));
    const made = await create({ users: [] });
    expect(storedTokens(managed.simulator, "ns1")).toMatchObject([{ name: made.properties["tokenName"] }]);
    expect(storedTokens(managed.simulator, "ns1")[0]).not.toHaveProperty("expires_at");
  });
});

describe("a server without API settings", () => {
  test("[I] has its tokens managed with whmapi1, with no secret in an argument list", async () => {
    await withManagedServers(
      async ({ simulator, provider }) => {
        const made = await provider.create("ApiToken", tokenInputs({ whitelistIps: ["192.0.2.0/24"] }));
        const news = tokenInputs({ whitelistIps: ["192.0.2.10"], expiresAt: 1893456000 });
        const changed = await provider.update("ApiToken", made, news);
        expect(storedTokens(simulator, "ns1")).toMatchObject([
          { whitelist_ips: ["192.0.2.10"], expires_at: 1893456000 },
        ]);
        expect(await provider.read(changed)).toEqual({ ...changed, inputs: {} });
        await provider.delete(changed);
        expect(storedTokens(simulator, "ns1")).toEqual([]);
        expect(simulator.journal().filter(({ server, door }) => server === "ns1" && door === "api")).toEqual(
          [],
        );
        expect(JSON.stringify(simulator.journal())).not.toContain(made.properties["token"]);
      },
      undefined,
      ({ web1, ns1 }) => ({ web1: web1!, ns1: { ...ns1!, api: undefined } }),
    );
  });
});
