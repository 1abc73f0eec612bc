import fc from "fast-check";
import { NotSimpleError, splitWords } from "../../provider/simulator/words";

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
  ])("[U] %j splits into %j", (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });

  test.each(["a; b", "a | b", "a && b", "a > f", "$(a)", "`a`", '"$a"', "'open", '"open', "a\\"])(
    "[U] %j is refused as more than a simple command",
    (line) => expect(() => splitWords(line)).toThrow(NotSimpleError),
  );

  test("[U] any words in single quotes come back as they were", () => {
    const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (words) => {
        expect(splitWords(words.map(quote).join(" "))).toEqual(words);
      }),
    );
  });

  test("[U] any words with a backslash before every character come back as they were", () => {
    const word = fc.string({ minLength: 1 }).filter((text) => !text.includes("\n"));
    const escape = (text: string): string => text.replaceAll(/[\s\S]/g, "\\$&");
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(splitWords(words.map(escape).join(" "))).toEqual(words);
      }),
    );
  });
});
