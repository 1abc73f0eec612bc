import {
  ServerRegistry,
  type ServerError,
  version,
  apiTokenCreate,
  applist,
} from "../../../provider/servers";
import { type Answer, type HttpsHost, startHttpsHost, succeed } from "../helpers/https-host";

// What stands between this machine and WHM, or in WHM's place, in its own words.

const secret = "T0PSECRETTOKEN0123456789ABCDEFGH";

let host: HttpsHost;
let answer: Answer;
const registries: ServerRegistry[] = [];
beforeAll(async () => {
  host = await startHttpsHost((...all) => answer(...all));
});
afterEach(async () => {
  await Promise.all(registries.splice(0).map((registry) => registry.close()));
  host.calls.length = 0;
});
afterAll(() => host.stop());

const access = () => ({ host: "127.0.0.1", port: host.port, token: secret, fingerprint: host.fingerprint });

function api() {
  const registry = new ServerRegistry({ ns1: { type: "dnsonly", api: access() } });
  registries.push(registry);
  return registry.get("ns1").api;
}

async function refusalOf(work: Promise<unknown>): Promise<ServerError> {
  return work.then(
    () => Promise.reject(new Error("it succeeded")),
    (error: unknown) => error as ServerError,
  );
}

const page =
  (status: number, body: string, head: Record<string, string> = { "content-type": "text/html" }): Answer =>
  (response) => {
    response.writeHead(status, head);
    response.end(body);
  };
const json = (status: number, value: unknown): Answer => page(status, JSON.stringify(value));
const titled = (title: string, rest = ""): string =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body>${rest}</body></html>`;
const denied = {
  cpanelresult: { apiversion: "2", error: "Access denied", data: { reason: "Access denied", result: "0" } },
};

const situations: [situation: string, answer: Answer, code: string, said: string | RegExp, cure: RegExp][] = [
  [
    "a token that WHM refuses",
    json(403, denied),
    "refused-credential",
    "HTTP 403, access denied",
    /not expired/,
  ],
  [
    "a log-in that WHM refuses",
    json(401, { status: 0, message: "see_login_log" }),
    "refused-credential",
    "HTTP 401, access denied",
    /not expired/,
  ],
  [
    "a challenge with 403",
    page(403, titled("Just a moment...", "<script>cf_chl</script>")),
    "unexpected-reply",
    "it answered HTTP 403 with a page that wants to see a browser: Just a moment",
    /token was not judged.*\/json-api\//,
  ],
  [
    "a lock-out by cPHulk with 401",
    page(401, titled("Login Attempt Failed!", "This IP is blocked by cPHulk Brute Force Protection")),
    "unexpected-reply",
    "it answered HTTP 401 with a page that locks this machine's address out: Login Attempt Failed!",
    /cPHulk.*white list/,
  ],
  [
    "a page that forbids access",
    page(403, "<html>\n<head><title>403 Forbidden</title></head><center>nginx</center></html>"),
    "unexpected-reply",
    "it answered HTTP 403 with an HTML page: 403 Forbidden",
    /in WHM's place/,
  ],
  [
    "JSON of a firewall with 403",
    json(403, { message: "Forbidden" }),
    "unexpected-reply",
    /HTTP 403 with JSON without the metadata/,
    /in WHM's place/,
  ],
  [
    "an empty 403 of WHM",
    page(403, "", { server: "cpsrvd/11.136.0.5" }),
    "refused-credential",
    "HTTP 403, access denied",
    /not expired/,
  ],
  [
    "an empty 403 of a proxy",
    page(403, "", { server: "awselb/2.0" }),
    "unexpected-reply",
    "it answered HTTP 403 with an empty body",
    /another service/,
  ],
  [
    "a redirect",
    page(301, "", { location: "https://ns1.example.com:2087/json-api/version?api.version=1" }),
    "unexpected-reply",
    "it answered HTTP 301, a redirect to another place: https://ns1.example.com:2087/json-api/version",
    /not followed.*api\.host/,
  ],
  [
    "a redirect to a log-in page",
    page(302, titled("Moved"), { location: "/cpsess1234567890/login/?goto_uri=x&pass=hunter2#y" }),
    "unexpected-reply",
    "it answered HTTP 302, a redirect to a log-in page: /cpsess…/login/",
    /not followed/,
  ],
  [
    "a redirect without a place, by a stranger",
    page(307, "", {}),
    "unexpected-reply",
    "it answered HTTP 307, a redirect to another place",
    /not followed/,
  ],
  [
    "a server that a proxy finds down",
    page(521, titled("ns1.example.com | 521: Web server is down")),
    "unreachable",
    "WHM did not answer, and something in front of it did: HTTP 521, Web Server Is Down: ns1.example.com | 521: Web server is down",
    /cpsrvd runs/,
  ],
  [
    "a service that is unavailable",
    page(503, "no backend", {}),
    "unreachable",
    "WHM did not answer, and something in front of it did: HTTP 503, Service Unavailable",
    /restartsrv_cpsrvd/,
  ],
  [
    "a licence that is not valid",
    page(200, titled("License Error", "The cPanel &amp; WHM license file is invalid or expired.")),
    "unexpected-reply",
    "it answered HTTP 200 with a page about WHM's licence: License Error",
    /cpkeyclt/,
  ],
  [
    "a licence that API 1 finds expired",
    json(200, { metadata: { result: 0, reason: "The cPanel & WHM license is expired." } }),
    "refused-by-server",
    "The cPanel & WHM license is expired",
    /cpkeyclt/,
  ],
  [
    "API 2",
    json(200, { cpanelresult: { apiversion: 2, error: "Could not find function" } }),
    "unexpected-reply",
    "it answered HTTP 200 with a reply of the old API 2: Could not find function",
    /api\.version/,
  ],
  [
    "API 2 that denies with 200",
    json(200, denied),
    "refused-credential",
    "HTTP 200, access denied",
    /not expired/,
  ],
  [
    "API 0",
    json(200, { status: 0, statusmsg: "Unknown app requested" }),
    "unexpected-reply",
    "it answered HTTP 200 with a reply of the old API 0: Unknown app requested",
    /api\.version/,
  ],
  [
    "an empty body",
    page(200, ""),
    "unexpected-reply",
    "it answered HTTP 200 with an empty body",
    /cut short/,
  ],
  [
    "JSON that is cut",
    page(200, '{"data":{"token":"SECRETOFTHEBODY'),
    "unexpected-reply",
    "it answered HTTP 200 with JSON that breaks off after 33 bytes",
    /cut short/,
  ],
  [
    "a portal of the network",
    page(200, titled("Welcome to Hotel WiFi", "Please accept our terms")),
    "unexpected-reply",
    "it answered HTTP 200 with an HTML page: Welcome to Hotel WiFi",
    /portal of this machine's network/,
  ],
  [
    "WHM's log-in page",
    page(200, titled("WHM Login", '<form id="login_form">')),
    "unexpected-reply",
    "it answered HTTP 200 with WHM's log-in page: WHM Login",
    /Authorization header/,
  ],
  [
    "a page with a title of many lines, colours and a secret",
    page(500, `<html><title>\n\u001b[31mOops\u001b[0m \u202e${secret} ${"x".repeat(400)}\n</title></html>`),
    "unexpected-reply",
    /^it answered HTTP 500 with an HTML page: Oops \*{8} x{1,190}…$/,
    /in WHM's place/,
  ],
  [
    "a long reason",
    json(200, { metadata: { result: 0, reason: `No such user\n${"y".repeat(400)}` } }),
    "refused-by-server",
    /^No such user y{187}…$/,
    /error_log/,
  ],
];

describe("an answer over HTTPS", () => {
  test.each(situations)("[I] is told in its own words: %s", async (_situation, given, code, said, cure) => {
    answer = given;
    const whm = api();
    const error = await refusalOf(version(whm));
    expect(error).toMatchObject({
      code,
      server: "ns1",
      said: expect.stringMatching(asPattern(said)) as string,
    });
    expect(error.wayOut).toMatch(cure);
    // A reply is an answer: nothing is asked twice.
    expect(host.calls).toHaveLength(1);
    for (const hidden of [secret, "SECRETOFTHEBODY", "hunter2", "1234567890"])
      expect(error.message).not.toContain(hidden);
    expect(error.message).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  test.each([
    ["a challenge", page(403, titled("Just a moment..."))],
    ["a lock-out", page(401, titled("Brute force protection"))],
    ["an empty body", page(401, "", { server: "nginx" })],
  ])("[I] with 401 or 403 stops the session, also when it is %s", async (_case, given) => {
    answer = given;
    const whm = api();
    for (const work of [() => version(whm), () => applist(whm), () => version(whm)])
      expect(await refusalOf(work())).toMatchObject({ code: "unexpected-reply" });
    expect(host.calls).toHaveLength(1);
  });

  test.each([
    [
      "happened, maybe, behind a gateway that gave up",
      page(504, titled("Gateway Timeout")),
      "reply-lost",
      /504/,
    ],
    ["did not happen where no server was reached", page(521, titled("Down")), "unreachable", /521/],
    [
      "did not happen where a redirect came",
      page(302, "", { location: "/login" }),
      "unexpected-reply",
      /302/,
    ],
    ["did not happen where a challenge came", page(403, titled("Captcha")), "unexpected-reply", /browser/],
  ])("[I] to a change says whether it %s", async (_case, given, code, said) => {
    answer = given;
    const error = await refusalOf(apiTokenCreate(api(), { tokenName: "t", acls: ["clustering"] }));
    expect(error).toMatchObject({ code, said: expect.stringMatching(said) as string });
    expect(host.calls).toHaveLength(1);
  });

  test("[I] that a function is unknown names the server's version", async () => {
    answer = (response, { path }) =>
      path.endsWith("/version")
        ? succeed(response, { version: "11.80.0.3" })
        : response.end(
            JSON.stringify({
              metadata: {
                result: 0,
                reason: 'Unknown app ("applist") requested for this version (1) of the API.',
              },
            }),
          );
    const error = await refusalOf(applist(api()));
    expect(error).toMatchObject({ code: "unknown-function" });
    expect(error.said).toMatch(
      /^cPanel & WHM 11\.80\.0\.3 runs there, without the function applist: Unknown app/,
    );
  });

  test("[I] that a function is unknown stays as it is if the version is kept from the token", async () => {
    answer = (response) =>
      response.end(JSON.stringify({ metadata: { result: 0, reason: 'Unknown app ("x") requested' } }));
    expect((await refusalOf(applist(api()))).said).toBe('Unknown app ("x") requested');
  });
});

function asPattern(said: string | RegExp): RegExp {
  return said instanceof RegExp ? said : new RegExp(`^${said.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}
