import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import * as whm from "../../provider/servers";
import { Secret, ServerError, serverErrorCodes, type WhmApi } from "../../provider/servers";
import { readReply } from "../../provider/servers/whm/envelope";
import { anyJson, damaged, expectCleanPrototypes, oddValues } from "./helpers/odd-values";

/** Printed with a failure, so that it can be run again. */
const run = { seed: 20_250_321, numRuns: 200 };

const token = {
  name: "t",
  acls: ["clustering"],
  create_time: 1_700_000_000,
  expires_at: 0,
  whitelist_ips: null,
};
const request = { tokenName: "t", acls: ["clustering"], expiresAt: undefined, whitelistIps: [] };

/** Every function of WHM API 1 that is called, by the name of its file: the call, and a good reply. */
const calls: Record<string, [(api: WhmApi) => Promise<unknown>, unknown]> = {
  adddns: [(api) => whm.adddns(api, { zone: "canary.invalid", ip: "192.0.2.1" }), {}],
  "api-token-create": [(api) => whm.apiTokenCreate(api, request), { ...token, token: "SECRET" }],
  "api-token-get-details": [(api) => whm.apiTokenGetDetails(api, { token: new Secret("SECRET") }), token],
  "api-token-list": [
    (api) => whm.apiTokenList(api),
    { tokens: { t: { ...token, acls: { clustering: 1 } } } },
  ],
  "api-token-revoke": [(api) => whm.apiTokenRevoke(api, { tokenName: "t" }), {}],
  "api-token-update": [(api) => whm.apiTokenUpdate(api, request), token],
  applist: [(api) => whm.applist(api), { app: ["version"] }],
  "cluster-member-has-trust-with": [
    (api) => whm.clusterMemberHasTrustWith(api, { host: "192.0.2.1" }),
    { has_trust: 1 },
  ],
  gethostname: [(api) => whm.gethostname(api), { hostname: "ns1.example.com" }],
  killdns: [(api) => whm.killdns(api, { zone: "canary.invalid" }), {}],
  myprivs: [(api) => whm.myprivs(api), { privileges: [{ clustering: 1 }] }],
  version: [(api) => whm.version(api), { version: "11.136.0.5" }],
};

const named = Object.entries(calls).map(([name, [call, reply]]) => ({ name, call, reply }));

test("[U] every function is in this table", () => {
  const folder = join(__dirname, "..", "..", "provider", "servers", "whm", "functions");
  const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ""));
  expect(Object.keys(calls).sort()).toEqual(
    files.filter((name) => name !== "index" && name !== "api-token").sort(),
  );
});

test.each(named)("[U] $name accepts a correct reply", async ({ call, reply }) => {
  await expect(call(answering(reply))).resolves.not.toBeNull();
});

test.each(named)("[U] $name reports a wrong type at any place as a clear error", async ({ call, reply }) => {
  for (const data of damaged(reply)) expect(await problemOf(call(answering(data)))).toBeUndefined();
  expectCleanPrototypes();
});

test.each(named)("[U] $name reports any data as a clear error", async ({ call }) => {
  await fc.assert(
    fc.asyncProperty(anyJson, async (data) => {
      expect(await problemOf(call(answering(data)))).toBeUndefined();
    }),
    run,
  );
});

test.each(named)("[U] $name never repeats the content of a malformed reply", async ({ call }) => {
  const secret = "TOLDBYTHESERVER";
  const shapes = [
    secret,
    [secret],
    { [secret]: secret },
    { tokens: { [secret]: { acls: { [secret]: secret } } } },
  ];
  for (const data of [
    ...shapes,
    ...["acls", "tokens", "privileges"].map((key) => ({ ...token, [key]: shapes[3] })),
  ]) {
    const error: unknown = await call(answering(data)).catch((problem: unknown) => problem);
    if (error instanceof ServerError) expect(error.message).not.toContain(secret);
  }
});

describe("the body of a reply", () => {
  const good = JSON.stringify({ data: { version: "11.1" }, metadata: { result: 1, reason: "OK ü" } });

  test("[U] is a failure if it is cut short at any byte", () => {
    const bytes = Buffer.from(good);
    for (let length = 0; length < bytes.length; length += 1)
      expect(readReply({ status: 200, body: bytes.subarray(0, length).toString() })).toMatchObject({
        failure: { code: "unexpected-reply", mayHaveHappened: true },
      });
  });

  test("[U] has data or a failure with a known code for a wrong type at any place", () => {
    for (const body of damaged(JSON.parse(good))) expectOutcome(JSON.stringify(body) ?? "");
  });

  test("[U] has an outcome with a known code for any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.json()), (body) =>
        expectOutcome(body),
      ),
      run,
    );
  });

  test.each([
    ["lists in lists", "[".repeat(5_000_000)],
    ["closed lists in lists", "[".repeat(1_000_000) + "]".repeat(1_000_000)],
    ["objects in objects", '{"a":'.repeat(1_000_000)],
    [
      "an envelope around lists in lists",
      `{"metadata":{"result":1},"data":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    ],
    ["one number of many digits", "1".repeat(10_000_000)],
    ["a byte order mark", `\ufeff${good}`],
  ])("[U] causes no crash for %s", (_name, body) => expectOutcome(body));

  test.each([undefined, 100, 200, 204, 302, 401, 403, 418, 500, 502, 504, 999])(
    "[U] has an outcome for every kind with status %s",
    (status) => {
      const bodies = [
        "",
        "<html>",
        "<!DOCTYPE html>",
        good,
        ...oddValues.map((value) => JSON.stringify(value)),
      ];
      for (const body of bodies) expectOutcome(body, status);
    },
  );
});

function expectOutcome(body: string, status: number | undefined = 200): void {
  const outcome = readReply({ body, ...(status !== undefined && { status }) });
  if ("failure" in outcome) expect(serverErrorCodes).toContain(outcome.failure.code);
  else expect(outcome).toHaveProperty("data");
}

function answering(data: unknown): WhmApi {
  return { server: "ns1", call: () => Promise.resolve(data) };
}

/** What is wrong with how a call ended; undefined when it succeeded or failed as it should. */
async function problemOf(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (!(error instanceof ServerError)) return `not a ServerError: ${String(error)}`;
    if (error.message.length > 1000) return `too long: ${error.message.length} characters`;
    return serverErrorCodes.includes(error.code) ? undefined : `an unknown code: ${error.code}`;
  }
}
