import fc from "fast-check";
import { NotSimpleError, splitLine } from "../../provider/simulator/words";

const wordsOf = (line: string): string[] =>
  splitLine(line).map((token) => ("word" in token ? token.word : `operator ${token.operator}`));

describe("command lines", () => {
  test.each([
    ["", []],
    ["  a \t b\n", ["a", "b"]],
    ["a''b", ["ab"]],
    ["a '' b", ["a", "", "b"]],
    ["'a b'c", ["a bc"]],
    ["'it'\\''s'", ["it's"]],
    ["'it'\"'\"'s'", ["it's"]],
    ['"a\\"b\\\\c\\d"', ['a"b\\c\\d']],
    ["a\\ b", ["a b"]],
    ["k='$x;y|z'", ["k=$x;y|z"]],
    ["a\\\nb", ["ab"]],
    ["a 2>&1|b;c", ["a", "operator 2>&1", "operator |", "b", "operator ;", "c"]],
    ["a '|' ';'", ["a", "|", ";"]],
  ])("[U] split %j into %j", (line, words) => {
    expect(wordsOf(line)).toEqual(words);
  });

  test.each([
    "a && b",
    "a || b",
    "a > f",
    "a 2>&1x",
    "a 2>f",
    "$(a)",
    "`a`",
    '"$a"',
    "'open",
    '"open',
    "a\\",
  ])("[U] are refused if they need more than this shell can do: %j", (line) =>
    expect(() => splitLine(line)).toThrow(NotSimpleError),
  );

  test("[U] keep any words in single quotes", () => {
    const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (words) => {
        expect(wordsOf(words.map(quote).join(" "))).toEqual(words);
      }),
    );
  });

  test("[U] keep any words with a backslash before every character", () => {
    const word = fc.string({ minLength: 1 }).filter((text) => !text.includes("\n"));
    const escape = (text: string): string => text.replaceAll(/[\s\S]/g, "\\$&");
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(wordsOf(words.map(escape).join(" "))).toEqual(words);
      }),
    );
  });
});
