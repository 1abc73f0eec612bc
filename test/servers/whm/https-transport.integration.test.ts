import { apiTokenCreate, Secret, ServerRegistry, ServerError, version } from "../../../provider/servers";
import { ErrorReporter } from "../../../provider/servers/errors";
import { HttpsTransport } from "../../../provider/servers/whm/https-transport";
import { secureConnect } from "../../../provider/servers/whm/secure-connect";
import { type Answer, type HttpsHost, startHttpsHost, succeed } from "../helpers/https-host";

const secret = "T0PSECRETTOKEN";
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

async function setUp(
  answer: Answer,
  access: object = {},
): Promise<{ host: HttpsHost; api: ReturnType<typeof apiOf> }> {
  const host = await startHttpsHost(answer);
  const servers = new ServerRegistry({
    ns1: {
      type: "dnsonly",
      hostname: "ns1.example.com",
      api: { host: "127.0.0.1", port: host.port, token: secret, fingerprint: host.fingerprint, ...access },
    },
  } as never);
  cleanups.push(async () => {
    await servers.close();
    await host.stop();
  });
  return { host, api: apiOf(servers) };
}

function apiOf(servers: ServerRegistry): ReturnType<ServerRegistry["get"]>["api"] {
  return servers.get("ns1").api;
}

async function failureOf(work: Promise<unknown>): Promise<ServerError> {
  const error = await work.then(
    () => new Error("it succeeded"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ServerError);
  expect(String((error as Error).message)).not.toContain(secret);
  return error as ServerError;
}

const wellAnswer: Answer = (response) => succeed(response, { version: "11.136.0.5" });
const reset: Answer = (_response, _call, request) => void request.socket.destroy();
const create = { tokenName: "t", acls: ["clustering"] };

describe("WHM API 1 over HTTPS", () => {
  test("[I] says from the date of a reply how far the server's clock is ahead", async () => {
    const shown = Date.now() + 600_000;
    let date: string | undefined = new Date(shown).toUTCString();
    const { api } = await setUp((response, call, request) => {
      response.sendDate = false;
      if (date !== undefined) response.setHeader("date", date);
      wellAnswer(response, call, request);
    });
    expect(api.clockAhead).toBeUndefined();
    await version(api);
    // The reply came at some moment until now; a second is lost with the date's milliseconds.
    expect(api.clockAhead).toBeLessThanOrEqual(600);
    expect(api.clockAhead).toBeGreaterThanOrEqual(Math.floor((shown - Date.now()) / 1_000) - 1);
    date = undefined;
    await version(api);
    expect(api.clockAhead).toBeUndefined();
  });

  test("[I] explains a host that is none, and lets the session be closed", async () => {
    const { api } = await setUp(wellAnswer, { host: "[127.0.0.1]" });
    const error = await failureOf(version(api));
    expect(error).toMatchObject({ code: "unreachable" });
    expect(error.wayOut).toContain("api.host");
  });

  test("[I] posts a form with the token in a header, so that no value is in an access log", async () => {
    const { host, api } = await setUp((response) =>
      succeed(response, { name: "t", token: "NEW", acls: ["clustering"] }),
    );
    await apiTokenCreate(api, { ...create, whitelistIps: ["192.0.2.10", "192.0.2.11"] });
    expect(host.calls).toMatchObject([
      { method: "POST", path: "/json-api/api_token_create", authorization: `whm root:${secret}` },
    ]);
    expect(Object.fromEntries(host.calls[0]?.parameters ?? [])).toEqual({
      "api.version": "1",
      token_name: "t",
      "acl-0": "clustering",
      "whitelist_ip-0": "192.0.2.10",
      "whitelist_ip-1": "192.0.2.11",
    });
  });

  test("[I] keeps connections: twenty calls need at most two", async () => {
    const { host, api } = await setUp(wellAnswer);
    for (let call = 0; call < 20; call++) await version(api);
    expect(host.connections()).toBeLessThanOrEqual(2);
  });

  test("[I] repeats a read after a reset", async () => {
    let calls = 0;
    const { host, api } = await setUp((...all) => ((calls += 1) < 3 ? reset : wellAnswer)(...all));
    await expect(version(api)).resolves.toEqual({ version: "11.136.0.5" });
    expect(host.calls).toHaveLength(3);
  });

  test("[I] sends a change once, and reports it as unanswered after a reset", async () => {
    const { host, api } = await setUp(reset);
    expect(await failureOf(apiTokenCreate(api, create))).toMatchObject({ code: "reply-lost", server: "ns1" });
    expect(host.calls).toHaveLength(1);
  });

  test("[I] reports a change as unanswered if its reply is cut short", async () => {
    const { host, api } = await setUp((response, _call, request) => {
      response.setHeader("Content-Length", "1000");
      response.write('{"data":{"token":"NEWSECRET', () => request.socket.destroySoon());
    });
    const error = await failureOf(apiTokenCreate(api, create));
    expect(error).toMatchObject({ code: "reply-lost" });
    expect(error.message).not.toContain("NEWSECRET");
    expect(host.calls).toHaveLength(1);
  });

  test("[I] reports that a change to an unreachable host was not sent", async () => {
    const { host, api } = await setUp(wellAnswer);
    await host.stop();
    expect(await failureOf(apiTokenCreate(api, create))).toMatchObject({ code: "unreachable" });
  });

  test.each([401, 403])("[I] stops after HTTP %i, in this call and in later ones", async (status) => {
    const { host, api } = await setUp((response) => {
      response.statusCode = status;
      response.end(JSON.stringify({ cpanelresult: { error: "Access denied", data: { reason: secret } } }));
    });
    for (let call = 0; call < 3; call++) {
      const error = await failureOf(version(api));
      expect(error).toMatchObject({ code: "refused-credential" });
      expect(error.message).toMatch(/--run-program/);
    }
    expect(host.calls).toHaveLength(1);
  });

  test("[I] shows stars instead of a token that a reason repeats", async () => {
    const { api } = await setUp((response) =>
      response.end(JSON.stringify({ metadata: { result: 0, reason: `no ${secret}` } })),
    );
    expect((await failureOf(version(api))).said).toBe("no ********");
  });

  test("[I] follows no redirect, so that the token is sent nowhere else", async () => {
    const { host, api } = await setUp((response) => {
      response.writeHead(301, { Location: "https://198.51.100.1/" });
      response.end();
    });
    expect(await failureOf(version(api))).toMatchObject({ code: "unexpected-reply" });
    expect(host.calls).toHaveLength(1);
  });
});

describe("a server that accepts connections and sends nothing", () => {
  async function silent(): Promise<HttpsTransport> {
    const host = await startHttpsHost(() => undefined);
    const { port, fingerprint } = host;
    const transport = new HttpsTransport({
      reporter: new ErrorReporter("ns1"),
      authority: `127.0.0.1:${port}`,
      user: "root",
      token: () => Promise.resolve(new Secret(secret)),
      connect: () => secureConnect({ host: "127.0.0.1", port, tls: { fingerprint } }),
      // Long enough for a busy machine to connect and to send the request.
      deadlineSeconds: 1,
    });
    cleanups.push(async () => {
      await transport.close();
      await host.stop();
    });
    return transport;
  }

  test("[I] makes a read fail at the deadline", async () => {
    expect(await failureOf(version(await silent()))).toMatchObject({ code: "timed-out" });
  });

  test("[I] leaves a change unanswered at the deadline", async () => {
    expect(await failureOf(apiTokenCreate(await silent(), create))).toMatchObject({ code: "reply-lost" });
  });
});

describe("the certificate", () => {
  test("[I] is refused with both fingerprints before the token is sent if it is not the pinned one", async () => {
    const { host, api } = await setUp(wellAnswer, { fingerprint: "AB".repeat(32) });
    const error = await failureOf(version(api));
    expect(error).toMatchObject({ code: "untrusted-certificate" });
    expect(error.message).toContain(host.fingerprint);
    expect(error.message).toContain("AB:AB");
    expect(host.calls).toEqual([]);
  });

  test("[I] is recognised as the pinned one in every notation of its fingerprint", async () => {
    const host = await startHttpsHost(wellAnswer);
    cleanups.push(() => host.stop());
    const fingerprint = host.fingerprint.replaceAll(":", "").toLowerCase();
    const servers = new ServerRegistry({
      ns1: { type: "dnsonly", api: { host: "127.0.0.1", port: host.port, token: secret, fingerprint } },
    } as never);
    cleanups.unshift(() => servers.close());
    await expect(version(apiOf(servers))).resolves.toBeDefined();
  });

  test("[I] is refused if it is self-signed without a pin, an authority or a disabled check", async () => {
    const { host, api } = await setUp(wellAnswer, { fingerprint: undefined });
    expect(await failureOf(version(api))).toMatchObject({ code: "untrusted-certificate" });
    expect(host.calls).toEqual([]);
  });

  test("[I] is accepted if the check is disabled, unless it differs from the pin", async () => {
    const lax = await setUp(wellAnswer, { fingerprint: undefined, insecureSkipTlsVerify: true });
    await expect(version(lax.api)).resolves.toBeDefined();
    const both = await setUp(wellAnswer, { fingerprint: "00".repeat(32), insecureSkipTlsVerify: true });
    expect(await failureOf(version(both.api))).toMatchObject({ code: "untrusted-certificate" });
  });

  test("[I] is accepted for the declared host name with a given authority, also when an address is used", async () => {
    const host = await startHttpsHost(wellAnswer);
    cleanups.push(() => host.stop());
    const api = { host: "127.0.0.1", port: host.port, token: secret, ca: host.certificate };
    const servers = new ServerRegistry({
      right: { type: "dnsonly", hostname: "ns1.example.com", api },
      wrong: { type: "dnsonly", hostname: "ns2.example.com", api },
    } as never);
    cleanups.unshift(() => servers.close());
    await expect(version(servers.get("right").api)).resolves.toBeDefined();
    expect(await failureOf(version(servers.get("wrong").api))).toMatchObject({
      code: "untrusted-certificate",
    });
  });
});
