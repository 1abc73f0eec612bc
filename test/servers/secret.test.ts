import { format, inspect } from "node:util";
import { redact, Secret } from "../../provider/servers";
import { keyPair } from "./helpers/keys";

const secret = new Secret("tok3n");

describe("a secret", () => {
  test.each([
    ["a template", `${secret as unknown as string}`],
    ["String", String(secret)],
    ["JSON", JSON.stringify({ secret })],
    ["inspect", inspect({ deep: { secret } }, { depth: 9, showHidden: true })],
    ["format", format("%s %o %j", secret, secret, secret)],
    ["Object.entries", JSON.stringify(Object.entries(secret))],
  ])("[U] is printed as stars by %s", (_way, printed) => {
    expect(printed).not.toContain("tok3n");
  });

  test("[U] returns its value only on request", () => {
    expect(secret.reveal()).toBe("tok3n");
  });
});

describe("redact", () => {
  test.each([
    ["as plain text", "pass=tok3n!", ["tok3n"], "pass=********!"],
    ["several times", "tok3n tok3n", ["tok3n"], "******** ********"],
    ["percent-encoded", "p=a%26b%20c", ["a&b c"], "p=********"],
    ["as JSON", '{"p":"a\\"b"}', ['a"b'], '{"p":"********"}'],
    ["inside another one", "abcdef", ["cd", "abcdef"], "********"],
    ["with characters of regular expressions", "a.c abc", ["a.c"], "******** abc"],
    ["with a line break at its end", "secret-of-file", ["secret-of-file\n"], "********"],
    ["that is not valid Unicode", "a \ud800!", ["\ud800"], "a ********!"],
    ["that is empty", "text", [""], "text"],
  ])("[U] hides a secret %s", (_case, text, secrets, expected) => {
    expect(redact(text, secrets)).toBe(expected);
  });

  test("[U] hides single lines of a private key", () => {
    const { privateKey } = keyPair();
    const line = privateKey.split("\n")[2] ?? "";
    expect(redact(`bad line ${line}`, [new Secret(privateKey)])).toBe("bad line ********");
  });
});
