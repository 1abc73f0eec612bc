import { apiTokenCreate, apiTokenGetDetails, Secret, ServerError } from "../../../provider/servers";
import { ErrorReporter } from "../../../provider/servers/errors";
import type { CommandResult } from "../../../provider/servers/ssh/exec";
import { CommandTransport } from "../../../provider/servers/whm/command-transport";

function transport(answer: Partial<CommandResult> | Error): { api: CommandTransport; lines: string[][] } {
  const lines: string[][] = [];
  const run = (argv: readonly string[]): Promise<CommandResult> => {
    lines.push([...argv]);
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve({ exitCode: 0, stdout: "", stderr: "", ...answer });
  };
  return { api: new CommandTransport(new ErrorReporter("ns1"), run), lines };
}

const reply = (result: 0 | 1, data?: unknown, reason = "OK"): string =>
  JSON.stringify({ data, metadata: { result, reason } });

describe("whmapi1", () => {
  test("[U] is called with its full path, JSON output, numbered lists and encoded special values", async () => {
    const { api, lines } = transport({ stdout: reply(1) });
    await api.call(
      "try",
      "f",
      { acl: ["a", "b"], none: undefined, n: 0, net: "192.0.2.0/24", odd: "a b&c=50%+" },
      { mutation: false },
    );
    expect(lines[0]).toEqual([
      "/usr/local/cpanel/bin/whmapi1",
      "--output=json",
      "f",
      "acl-0=a",
      "acl-1=b",
      "n=0",
      "net=192.0.2.0/24",
      "odd=a%20b%26c%3D50%25%2B",
    ]);
  });

  test("[U] fails by metadata.result and not by its exit status", async () => {
    const good = transport({ exitCode: 1, stdout: reply(1, { x: 1 }) });
    const bad = transport({ exitCode: 0, stdout: reply(0, undefined, "No") });
    await expect(good.api.call("try", "f", {}, { mutation: false })).resolves.toEqual({ x: 1 });
    await expect(bad.api.call("try", "f", {}, { mutation: false })).rejects.toMatchObject({
      code: "refused-by-server",
      said: "No",
    });
  });

  test("[U] reports a missing program with the shell's own message", async () => {
    const { api } = transport({ exitCode: 127, stderr: "whmapi1: not found" });
    const calling = api.call("try", "f", {}, { mutation: true });
    await expect(calling).rejects.toMatchObject({ code: "unexpected-reply" });
    await expect(calling).rejects.toThrow(/127.*not found/);
  });

  test("[U] never gets a secret as an argument", async () => {
    const { api, lines } = transport({ stdout: reply(1) });
    await expect(apiTokenGetDetails(api, { token: new Secret("S3CRET") })).rejects.toMatchObject({
      code: "missing-credential",
    });
    expect(lines).toEqual([]);
  });

  test.each([
    ["the connection is lost", "connection-lost"],
    ["the deadline passes", "timed-out"],
  ] as const)(
    "[U] reports a change as unanswered when %s, and a read with the actual error",
    async (_case, code) => {
      const lost = new ServerError({ code, server: "ns1", phrase: "try", said: "gone", wayOut: "Wait." });
      const { api, lines } = transport(lost);
      await expect(api.call("try", "f", {}, { mutation: true })).rejects.toMatchObject({
        code: "reply-lost",
      });
      await expect(api.call("try", "f", {}, { mutation: false })).rejects.toMatchObject({ code });
      expect(lines).toHaveLength(2);
    },
  );

  test("[U] reports a change with cut output as unanswered and shows nothing of the output", async () => {
    const { api } = transport({ stdout: '{"data":{"token":"SECRETTOKEN' });
    const error = (await apiTokenCreate(api, { tokenName: "x", acls: ["clustering"] }).catch(
      (reason: unknown) => reason,
    )) as Error;
    expect(error).toMatchObject({ code: "reply-lost" });
    expect(error.message).not.toContain("SECRET");
  });
});
