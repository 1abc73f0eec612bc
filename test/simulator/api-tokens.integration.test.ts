import { createHash } from "node:crypto";
import { tokenFileOf } from "../../provider/simulator/tokens";
import { call, whm, type Envelope } from "./helpers/https-client";
import { matching } from "./helpers/matchers";
import { simulate, stopSimulations } from "./helpers/simulation";

afterEach(stopSimulations);

const start = 1_800_000_000;

async function tokenServer(type: "cpanel" | "dnsonly" = "dnsonly") {
  let seconds = start;
  const { server, sim } = await simulate({ servers: { ns1: { type } }, clock: () => seconds * 1000 });
  return {
    sim,
    server: server("ns1"),
    later: (more: number) => (seconds += more),
    send: (name: string, parameters: Record<string, string> = {}): Promise<Envelope> =>
      whm(server("ns1"), name, parameters),
    listed: async (name: string): Promise<unknown> => {
      const { data } = await whm(server("ns1"), "api_token_list");
      return (data?.tokens as Record<string, unknown>)[name];
    },
    opens: async (secret: unknown): Promise<boolean> =>
      (await call(server("ns1"), "version?api.version=1", { authorization: `whm root:${String(secret)}` }))
        .status === 200,
  };
}

const full = {
  token_name: "a",
  "acl-0": "status",
  "acl-3": "clustering",
  expires_at: `${start + 60}`,
  whitelist_ip: "192.0.2.1",
};

describe("API tokens", () => {
  test("[I] are created with the secret returned once, and only its hash stored in a file for root alone", async () => {
    const { send, sim, opens } = await tokenServer();
    const { data } = await send("api_token_create", { token_name: "a", acl: "clustering" });
    expect(data).toEqual({
      token: matching(/^[0-9A-Z]{32}$/),
      name: "a",
      create_time: start,
      acls: ["clustering"],
      expires_at: null,
      whitelist_ips: null,
    });
    const secret = String(data?.token);
    const text = sim.files("ns1").read(tokenFileOf("root")) ?? "";
    expect(text).toContain(createHash("sha512").update(secret).digest("hex"));
    expect(text).not.toContain(secret);
    expect(sim.files("ns1").mode(tokenFileOf("root"))).toBe(0o600);
    expect(await opens(secret)).toBe(true);
    expect(JSON.stringify(await send("api_token_list"))).not.toContain(secret);
  });

  test("[I] have sorted privileges without duplicates in create, and a map to 0 and 1 in list", async () => {
    const { send, listed } = await tokenServer();
    const { data } = await send("api_token_create", { ...full, "acl-9": "status" });
    expect(data?.acls).toEqual(["clustering", "status"]);
    expect(await listed("a")).toMatchObject({
      acls: { clustering: 1, status: 1, all: 0, ssl: 0 },
      expires_at: start + 60,
      whitelist_ips: ["192.0.2.1"],
    });
  });

  test("[I] have every privilege if none are requested", async () => {
    const { send, listed } = await tokenServer();
    await send("api_token_create", { token_name: "a" });
    const { acls } = (await listed("a")) as { acls: Record<string, number> };
    expect(Object.values(acls).every((value) => value === 1)).toBe(true);
  });

  test.each([
    [
      "a name that is taken",
      { token_name: "provider-access" },
      /^failed to create.*provider-access.*already exists/,
    ],
    ["no name", {}, /^Missing argument/],
    ["a name of 51 letters", { token_name: "a".repeat(51) }, /^Invalid token name/],
    ["a name with a dot", { token_name: "a.b" }, /^Invalid token name/],
    ["an unknown privilege", { token_name: "a", acl: "fly" }, /Invalid or unauthorized ACL/],
    [
      "a privilege that DNSOnly lacks",
      { token_name: "a", acl: "create-acct" },
      /Invalid or unauthorized ACL/,
    ],
    ["a time in the past", { token_name: "a", expires_at: "5" }, /in the past/],
    ["a time as text", { token_name: "a", expires_at: "never" }, /Invalid expires_at/],
    ["a host name instead of an address", { token_name: "a", whitelist_ip: "web1" }, /Invalid whitelist_ip/],
  ])("[I] are refused by create for %s, and nothing is stored", async (_, parameters, reason) => {
    const { send, sim } = await tokenServer();
    const before = sim.files("ns1").snapshot();
    const { metadata } = await send("api_token_create", parameters);
    expect(metadata).toMatchObject({ result: 0, reason: matching(reason) });
    expect(sim.files("ns1").snapshot()).toEqual(before);
  });

  test("[I] have more possible privileges on cPanel & WHM than on DNSOnly", async () => {
    const { send } = await tokenServer("cpanel");
    const { metadata } = await send("api_token_create", { token_name: "a", acl: "create-acct" });
    expect(metadata.result).toBe(1);
  });

  test("[I] keep what an update omits, and the secret stays valid under a new name", async () => {
    const { send, listed } = await tokenServer();
    const made = await send("api_token_create", full);
    const { data } = await send("api_token_update", {
      token_name: "a",
      new_name: "b",
      "acl-0": "clustering",
    });
    expect(data).toEqual({
      name: "b",
      create_time: start,
      acls: ["clustering"],
      expires_at: start + 60,
      whitelist_ips: ["192.0.2.1"],
    });
    expect(await listed("a")).toBeUndefined();
    const details = await send("api_token_get_details", { token: String(made.data?.token) });
    expect(details.data).toMatchObject({ name: "b" });
  });

  test("[I] have no limits after an update with 0 and any", async () => {
    const { send, listed } = await tokenServer();
    await send("api_token_create", full);
    await send("api_token_update", { token_name: "a", expires_at: "0", whitelist_ip: "any" });
    expect(await listed("a")).toMatchObject({
      expires_at: null,
      whitelist_ips: null,
      acls: { clustering: 1, all: 0 },
    });
  });

  test.each([
    ["an unknown name", { token_name: "none", acl: "clustering" }],
    ["nothing to change", { token_name: "a" }],
    ["a new name that is taken", { token_name: "a", new_name: "provider-access" }],
  ])("[I] are refused by update for %s", async (_, parameters) => {
    const { send } = await tokenServer();
    await send("api_token_create", full);
    expect((await send("api_token_update", parameters)).metadata.result).toBe(0);
  });

  test("[I] are revoked by name; an unknown name is accepted, a missing one is not", async () => {
    const { send, opens } = await tokenServer();
    const made = await send("api_token_create", { token_name: "a" });
    const revoked = await send("api_token_revoke", { token_name: "a", "token_name-1": "none" });
    expect(revoked.metadata.result).toBe(1);
    expect(revoked).not.toHaveProperty("data");
    expect(await opens(made.data?.token)).toBe(false);
    expect((await send("api_token_revoke")).metadata.result).toBe(0);
  });

  test("[I] stay listed after their expiry, but are refused and have no details", async () => {
    const { send, listed, opens, later } = await tokenServer();
    const made = await send("api_token_create", {
      token_name: "a",
      acl: "clustering",
      expires_at: `${start + 60}`,
    });
    expect(await opens(made.data?.token)).toBe(true);
    later(60);
    expect(await opens(made.data?.token)).toBe(false);
    expect(await listed("a")).toMatchObject({ expires_at: start + 60 });
    const details = await send("api_token_get_details", { token: String(made.data?.token) });
    expect(details).toMatchObject({ data: null, metadata: { result: 1 } });
  });

  test("[I] are refused from an address that they do not list", async () => {
    const { send, opens } = await tokenServer();
    const elsewhere = await send("api_token_create", { token_name: "a", whitelist_ip: "192.0.2.1" });
    const desk = await send("api_token_create", { token_name: "b", whitelist_ip: "198.51.100.0/24" });
    expect([await opens(elsewhere.data?.token), await opens(desk.data?.token)]).toEqual([false, true]);
  });

  test("[I] cannot create a token with more privileges than their own", async () => {
    const { send, server } = await tokenServer();
    const made = await send("api_token_create", {
      token_name: "a",
      "acl-0": "manage-api-tokens",
      "acl-1": "status",
    });
    const authorization = `whm root:${String(made.data?.token)}`;
    const more = await whm(server, "api_token_create", { token_name: "b", acl: "all" }, { authorization });
    expect(more.metadata.result).toBe(0);
    const same = await whm(server, "api_token_create", { token_name: "b" }, { authorization });
    expect(same.data?.acls).toEqual(["manage-api-tokens", "status"]);
  });
});
