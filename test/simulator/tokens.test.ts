import {
  findToken,
  hashOf,
  isExpired,
  newSecret,
  printTokens,
  readTokens,
  withToken,
  withoutTokens,
} from "../../provider/simulator/tokens";

const token = { name: "a", create_time: 1, acls: ["clustering"] };

describe("the token file", () => {
  test("[U] what is printed is read back the same", () => {
    const tokens = withToken(new Map(), hashOf("S"), token);
    expect(readTokens(printTokens(tokens))).toEqual(tokens);
    expect(JSON.parse(printTokens(tokens))).toEqual({ tokens: { [hashOf("S")]: token } });
  });

  test.each([undefined, "", "{", "{}", "[]", '{"tokens":null}'])(
    "[U] the text %j holds no tokens",
    (text) => {
      expect(readTokens(text).size).toBe(0);
    },
  );

  test("[U] the key is the SHA-512 of the secret, in hex", () => {
    expect(hashOf("abc")).toMatch(/^ddaf35a193617abacc417349ae204131[0-9a-f]{96}$/);
  });

  test("[U] secrets are 32 digits and capitals, and differ", () => {
    const secrets = Array.from({ length: 50 }, newSecret);
    expect(secrets.every((secret) => /^[0-9A-Z]{32}$/.test(secret))).toBe(true);
    expect(new Set(secrets).size).toBe(50);
  });

  test("[U] names are compared with case", () => {
    const tokens = withToken(new Map(), "h", token);
    expect(findToken(tokens, "a")).toEqual({ hash: "h", token });
    expect(findToken(tokens, "A")).toBeUndefined();
    expect(withoutTokens(tokens, ["A"]).size).toBe(1);
    expect(withoutTokens(tokens, ["a"]).size).toBe(0);
  });

  test.each([
    [undefined, false],
    [0, false],
    [10, true],
    [11, false],
  ])("[U] at second 10 a token that ends at %p is expired: %p", (expires_at, expired) => {
    expect(isExpired({ ...token, ...(expires_at === undefined ? {} : { expires_at }) }, 10_000)).toBe(
      expired,
    );
  });
});
