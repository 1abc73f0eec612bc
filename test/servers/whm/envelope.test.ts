import { readReply } from "../../../provider/servers/whm/envelope";
import type { CallFailure, RawReply } from "../../../provider/servers/whm/reply";

const json = (value: unknown): string => JSON.stringify(value);

function failureOf(reply: RawReply): CallFailure {
  const outcome = readReply(reply);
  if ("failure" in outcome) return outcome.failure;
  throw new Error("it succeeded");
}

function sentenceOf({ said, wrote }: CallFailure): string {
  return [said, wrote].filter(Boolean).join(": ");
}
const metadata = { version: 1, command: "version", reason: "OK", result: 1 };

describe("a successful reply", () => {
  test.each([
    ["with data", { data: { version: "11.136.0.5" }, metadata }, { version: "11.136.0.5" }],
    ["with the result as text", { data: { x: 1 }, metadata: { ...metadata, result: "1" } }, { x: 1 }],
    ["with another reason than OK", { data: {}, metadata: { ...metadata, reason: "Token made." } }, {}],
    ["without data", { metadata }, null],
    ["with null as data", { data: null, metadata }, null],
    ["with more in its metadata", { data: 1, metadata: { ...metadata, output: { raw: "x" } } }, 1],
  ])("[U] is read %s", (_case, reply, data) => {
    expect(readReply({ status: 200, body: json(reply) })).toEqual({ data });
  });
});

describe("a reply that is a failure", () => {
  const failed = (reason?: string): string => json({ metadata: { ...metadata, result: 0, reason } });
  const legacyDenied = json({
    cpanelresult: {
      apiversion: "2",
      error: "Access denied",
      data: { reason: "Access denied", result: "0" },
      type: "text",
    },
  });

  test.each([
    ["a refusal", 200, failed("No such user"), "refused-by-server", /No such user/],
    [
      "a refusal with the result as text",
      200,
      json({ metadata: { result: "0", reason: "No" } }),
      "refused-by-server",
      /No/,
    ],
    ["a refusal without a reason", 200, failed(), "refused-by-server", /without a reason/],
    [
      "an unknown function",
      200,
      failed('Unknown app ("x") requested for this version (1) of the API.'),
      "unknown-function",
      /Unknown app/,
    ],
    [
      "a missing privilege",
      200,
      failed("You do not have the required privileges."),
      "missing-privilege",
      /privileges/,
    ],
    [
      "a missing clustering ACL",
      200,
      failed('The "clustering ACL" is needed'),
      "missing-privilege",
      /clustering/,
    ],
    ["a wrong token", 403, legacyDenied, "refused-credential", /HTTP 403/],
    [
      "a wrong password",
      401,
      json({ status: 0, message: "see_login_log" }),
      "refused-credential",
      /HTTP 401/,
    ],
    ["a page that forbids access", 403, "<html></html>", "unexpected-reply", /HTTP 403 with an HTML page/],
    ["a denial without a word", 403, "", "refused-credential", /HTTP 403/],
    ["a wrong token with status 200", 200, legacyDenied, "refused-credential", /access denied/],
    [
      "a log-in page with status 200",
      200,
      "<!DOCTYPE html><title>WHM Login</title>",
      "unexpected-reply",
      /HTTP 200.*log-in page/,
    ],
    ["an error page", 500, "\n<html>Internal Server Error</html>", "unexpected-reply", /HTTP 500/],
    ["half a reply", 200, '{"metadata":{"res', "unexpected-reply", /HTTP 200.*breaks off after 17 bytes/],
    ["an empty reply", 200, "", "unexpected-reply", /an empty body/],
    ["API 0", 200, json({ result: [{ status: 1, statusmsg: "Fine" }] }), "unexpected-reply", /API 0: Fine/],
    [
      "API 0 without a list",
      200,
      json({ status: 0, statusmsg: "Unknown" }),
      "unexpected-reply",
      /API 0: Unknown/,
    ],
    ["no metadata", 200, json({ data: { version: "11.136" } }), "unexpected-reply", /without the metadata/],
    [
      "metadata without a result",
      200,
      json({ data: {}, metadata: { reason: "OK" } }),
      "unexpected-reply",
      /metadata/,
    ],
    [
      "a result that is neither 0 nor 1",
      200,
      json({ metadata: { result: 2 } }),
      "unexpected-reply",
      /metadata/,
    ],
    ["a list", 200, "[]", "unexpected-reply", /metadata/],
    ["null", 200, "null", "unexpected-reply", /metadata/],
    ["a refusal with an HTTP error", 500, failed("broken"), "refused-by-server", /broken/],
  ] as const)("[U] is recognised: %s", (_case, status, body, code, said) => {
    const failure = failureOf({ status, body });
    expect([failure.code, sentenceOf(failure)]).toEqual([code, expect.stringMatching(said)]);
  });

  test.each([
    [200, "it answered HTTP 200 with a reply of the old API 0: Fine"],
    [undefined, "it answered a reply of the old API 0: Fine"],
  ])("[U] reports a reply of API 0 in one sentence, with status %p", (status, sentence) => {
    const body = json({ result: [{ status: 1, statusmsg: "Fine" }] });
    expect(sentenceOf(failureOf({ body, ...(status !== undefined && { status }) }))).toBe(sentence);
  });

  test("[U] never quotes a cut body, which may hold a new token", () => {
    const outcome = readReply({ status: 200, body: '{"data":{"token":"SECRETTOKEN' });
    expect(json(outcome)).not.toContain("SECRET");
    expect(outcome).toMatchObject({ failure: { mayHaveHappened: true } });
  });
});
