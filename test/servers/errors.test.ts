import { isServerError, ServerError, serverErrorCodes } from "../../provider/servers";
import { ErrorReporter } from "../../provider/servers/errors";
import { Secret } from "../../provider/servers/secret";

const details = {
  code: "file-error",
  server: "ns1",
  phrase: "read /etc/x",
  said: "Permission denied",
  wayOut: "Log in as root.",
} as const;

describe("the text of an error", () => {
  test("[U] gives what failed, where, the reason, the code and the way out", () => {
    expect(new ServerError(details).message).toBe(
      "Failed to read /etc/x on ns1: Permission denied [file-error]. Log in as root.",
    );
  });

  test.each([
    ["a full stop at the end", "No such file.", "No such file"],
    ["several lines", "one\r\n  two\n\n", "one two"],
    ["colours of a terminal", "\u001b[31mred\u001b[0m", "red"],
    ["text that runs backwards", "a\u202Egpj.exe\u202C b\u200B", "a gpj.exe b"],
    ["an empty text", " \n", "nothing"],
    ["a long text", "x".repeat(400), `${"x".repeat(300)}…`],
  ])("[U] quotes %s as one short line", (_case, said, quoted) => {
    expect(new ServerError({ ...details, said }).said).toBe(quoted);
  });

  test("[U] belongs to an error that only its own code recognises", () => {
    for (const code of serverErrorCodes) {
      const error = new ServerError({ ...details, code });
      const others = serverErrorCodes.filter((other) => other !== code);
      expect([isServerError(error), isServerError(error, code), isServerError(error, ...others)]).toEqual([
        true,
        true,
        false,
      ]);
    }
    expect(isServerError(new Error("x"))).toBe(false);
  });
});

describe("an error reporter", () => {
  test("[U] replaces every secret that it knows, stored or current, with stars", () => {
    const reporter = new ErrorReporter("ns1");
    reporter.hide(new Secret("hunter2"));
    const error = reporter.error({ ...details, said: "hunter2 and K3Y" }, [new Secret("K3Y")]);
    expect(error.said).toBe("******** and ********");
    expect(error.message).not.toMatch(/hunter2|K3Y/);
  });

  test.each([
    [
      "quotes text from outside after what is said",
      { said: "the server refused", wrote: "Go away." },
      "the server refused: Go away",
    ],
    ["quotes it alone", { said: "", wrote: "No" }, "No"],
    ["leaves out text that is none", { said: "refused", wrote: "\u001b[0m\r\n" }, "refused"],
    ["cuts it", { said: "refused", wrote: "x".repeat(400) }, `refused: ${"x".repeat(200)}…`],
  ])("[U] %s", (_case, texts, said) => {
    expect(new ErrorReporter("ns1").error({ ...details, ...texts }).said).toBe(said);
  });

  test("[U] hides a secret in text from outside before the text is cut", () => {
    const reporter = new ErrorReporter("ns1");
    reporter.hide(new Secret("S".repeat(32)));
    expect(reporter.error({ ...details, wrote: "x".repeat(190) + "S".repeat(32) }).said).not.toContain("SS");
  });

  test("[U] hides a secret that shortening would cut in two", () => {
    const reporter = new ErrorReporter("ns1");
    reporter.hide(new Secret("S".repeat(32)));
    const error = reporter.error({ ...details, said: "x".repeat(290) + "S".repeat(32) });
    expect(error.message).not.toContain("SS");
  });
});
