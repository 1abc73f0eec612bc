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
  test("[U] reads back what it prints", () => {
    const tokens = withToken(new Map(), hashOf("S"), token);
    expect(readTokens(printTokens(tokens))).toEqual(tokens);
    expect(JSON.parse(printTokens(tokens))).toEqual({ tokens: { [hashOf("S")]: token } });
  });

  test.each([undefined, "", "{", "{}", "[]", '{"tokens":null}'])(
    "[U] holds no tokens in the text %j",
    (text) => {
      expect(readTokens(text).size).toBe(0);
    },
  );

  test("[U] has the SHA-512 of the secret as its key, in hex", () => {
    expect(hashOf("abc")).toMatch(/^ddaf35a193617abacc417349ae204131[0-9a-f]{96}$/);
  });

  test("[U] holds different secrets of 32 digits and capitals", () => {
    const secrets = Array.from({ length: 50 }, newSecret);
    expect(secrets.every((secret) => /^[0-9A-Z]{32}$/.test(secret))).toBe(true);
    expect(new Set(secrets).size).toBe(50);
  });

  test("[U] compares names with case", () => {
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
  ])("[U] treats a token that ends at %p, at second 10, as expired: %p", (expires_at, expired) => {
    expect(isExpired({ ...token, ...(expires_at === undefined ? {} : { expires_at }) }, 10_000)).toBe(
      expired,
    );
  });
});
