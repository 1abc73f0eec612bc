import * as whm from "../../../provider/servers";
import { Secret, type WhmApi } from "../../../provider/servers";
import type { ApiParameters, CallOptions } from "../../../provider/servers/whm/api";

interface Sent {
  functionName: string;
  parameters: ApiParameters;
  options: CallOptions;
}

function answering(data: unknown): WhmApi & { sent: Sent[] } {
  const sent: Sent[] = [];
  return {
    server: "ns1",
    sent,
    call(_phrase, functionName, parameters, options) {
      sent.push({ functionName, parameters, options });
      return Promise.resolve(data);
    },
  };
}

const listed = {
  name: "t",
  create_time: "1700000000",
  expires_at: 0,
  whitelist_ips: null,
  acls: { ssl: 0, clustering: 1, all: "0" },
};
const details = {
  name: "t",
  acls: ["clustering"],
  createTime: 1700000000,
  expiresAt: undefined,
  whitelistIps: [],
};

describe("api_token_list", () => {
  test.each([
    ["maps of 0 and 1", { tokens: { t: listed } }, [details]],
    [
      "lists of privileges",
      { tokens: { t: { ...listed, acls: ["ssl", "clustering"] } } },
      [{ ...details, acls: ["clustering", "ssl"] }],
    ],
    [
      "an expiry as text",
      { tokens: { t: { ...listed, expires_at: "1800000000" } } },
      [{ ...details, expiresAt: 1800000000 }],
    ],
    ["null as expiry", { tokens: { t: { ...listed, expires_at: null } } }, [details]],
    [
      "addresses",
      { tokens: { t: { ...listed, whitelist_ips: ["192.0.2.10"] } } },
      [{ ...details, whitelistIps: ["192.0.2.10"] }],
    ],
    [
      "several, sorted by name",
      { tokens: { b: { ...listed, name: "b" }, a: { ...listed, name: "a" } } },
      [
        { ...details, name: "a" },
        { ...details, name: "b" },
      ],
    ],
    ["a list instead of a map", { tokens: [listed] }, [details]],
    ["no tokens as a map", { tokens: {} }, []],
    ["no tokens as a list", { tokens: [] }, []],
    ["no tokens as null", { tokens: null }, []],
  ])("[U] reads %s", async (_case, data, tokens) => {
    expect(await whm.apiTokenList(answering(data))).toEqual(tokens);
  });

  test("[U] names the path but not the value of a malformed reply", async () => {
    const listing = whm.apiTokenList(answering({ tokens: { t: { ...listed, create_time: "SECRET" } } }));
    await expect(listing).rejects.toMatchObject({ code: "unexpected-reply" });
    await expect(listing).rejects.not.toThrow(/SECRET/);
  });

  test.each([[null], [undefined], [{}], ["text"], [{ tokens: "x" }]])(
    "[U] refuses %j as a list of tokens",
    async (data) => {
      await expect(whm.apiTokenList(answering(data))).rejects.toMatchObject({ code: "unexpected-reply" });
    },
  );
});

describe("api_token_create", () => {
  const created = { ...listed, acls: ["clustering"], expires_at: null, token: "S3CRET" };

  test("[U] sends privileges as a list and returns the secret wrapped", async () => {
    const api = answering(created);
    const token = await whm.apiTokenCreate(api, {
      tokenName: "t",
      acls: ["clustering"],
      whitelistIps: ["192.0.2.10"],
    });
    expect(token).toMatchObject(details);
    expect(token.token).toBeInstanceOf(Secret);
    expect(token.token.reveal()).toBe("S3CRET");
    expect(JSON.stringify(token)).not.toContain("S3CRET");
    expect(api.sent).toEqual([
      expect.objectContaining({
        functionName: "api_token_create",
        parameters: {
          token_name: "t",
          acl: ["clustering"],
          expires_at: undefined,
          whitelist_ip: ["192.0.2.10"],
        },
        options: { mutation: true, secrets: [] },
      }),
    ]);
  });

  test("[U] never sends an empty list of privileges, which would mean all", async () => {
    const api = answering(created);
    await expect(whm.apiTokenCreate(api, { tokenName: "t", acls: [] })).rejects.toMatchObject({
      code: "invalid-value",
    });
    const update = { tokenName: "t", acls: [], expiresAt: undefined, whitelistIps: [] };
    await expect(whm.apiTokenUpdate(api, update)).rejects.toMatchObject({ code: "invalid-value" });
    expect(api.sent).toEqual([]);
  });

  test("[U] has its own code for a name that is taken", async () => {
    const taken = new whm.ServerError({
      code: "refused-by-server",
      server: "ns1",
      phrase: "x",
      said: 'Failed to create: a token named "t" already exists',
      wayOut: "",
    });
    const api: WhmApi = { server: "ns1", call: () => Promise.reject(taken) };
    await expect(whm.apiTokenCreate(api, { tokenName: "t", acls: ["clustering"] })).rejects.toMatchObject({
      code: "exists-already",
    });
  });

  test("[U] fails for a reply without the secret", async () => {
    await expect(
      whm.apiTokenCreate(answering(listed), { tokenName: "t", acls: ["clustering"] }),
    ).rejects.toMatchObject({ code: "unexpected-reply" });
  });
});

describe("api_token_update", () => {
  test("[U] sends every setting, and clears an expiry and a list of addresses with WHM's own values", async () => {
    const api = answering(listed);
    await whm.apiTokenUpdate(api, {
      tokenName: "t",
      newName: "u",
      acls: ["clustering"],
      expiresAt: undefined,
      whitelistIps: [],
    });
    expect(api.sent[0]?.parameters).toEqual({
      token_name: "t",
      new_name: "u",
      acl: ["clustering"],
      expires_at: 0,
      whitelist_ip: ["any"],
    });
  });
});

describe("the other functions", () => {
  test("[U] version reads the version", async () => {
    expect(await whm.version(answering({ version: "11.136.0.5" }))).toEqual({ version: "11.136.0.5" });
    await expect(whm.version(answering({}))).rejects.toMatchObject({ code: "unexpected-reply" });
  });

  test("[U] gethostname reads the host name", async () => {
    expect(await whm.gethostname(answering({ hostname: "ns1.example.com" }))).toEqual({
      hostname: "ns1.example.com",
    });
  });

  test("[U] applist reads the functions", async () => {
    expect(await whm.applist(answering({ app: ["version", "applist"] }))).toEqual(["applist", "version"]);
  });

  test.each([
    ["a list of maps", { privileges: [{ all: 0, clustering: 1 }, { ssl: "1" }] }],
    ["one map", { privileges: { clustering: 1, ssl: 1, all: 0 } }],
  ])("[U] myprivs reads %s", async (_case, data) => {
    expect(await whm.myprivs(answering(data))).toEqual(["clustering", "ssl"]);
  });

  test.each([
    [1, true],
    ["1", true],
    [0, false],
    ["0", false],
  ])("[U] cluster_member_has_trust_with reads %j as %j", async (answer, expected) => {
    const api = answering({ has_trust: answer });
    expect(await whm.clusterMemberHasTrustWith(api, { host: "192.0.2.10" })).toBe(expected);
    expect(api.sent[0]?.parameters).toEqual({ host: "192.0.2.10", althost: undefined });
  });

  test("[U] cluster_member_has_trust_with does not read a reply without an answer as a no", async () => {
    await expect(whm.clusterMemberHasTrustWith(answering({}), { host: "192.0.2.10" })).rejects.toMatchObject({
      code: "unexpected-reply",
    });
  });

  test("[U] api_token_get_details finds no token for an unknown secret, and treats the secret as one", async () => {
    const api = answering(null);
    const token = new Secret("S3CRET");
    expect(await whm.apiTokenGetDetails(api, { token })).toBeUndefined();
    expect(api.sent[0]?.options.secrets).toEqual([token]);
  });

  test("[U] api_token_revoke names the token and counts as a change", async () => {
    const api = answering(null);
    await whm.apiTokenRevoke(api, { tokenName: "t" });
    expect(api.sent[0]).toMatchObject({ parameters: { token_name: "t" }, options: { mutation: true } });
  });
});
