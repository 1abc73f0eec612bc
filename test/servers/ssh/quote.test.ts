import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { quoteCommand } from "../../../provider/servers/ssh/exec";

describe("quoteCommand", () => {
  test.each([
    [
      "plain words without quotes",
      ["/usr/bin/x", "--output=json", "acl-0=clustering"],
      "/usr/bin/x --output=json acl-0=clustering",
    ],
    ["an empty argument", ["x", ""], "x ''"],
    ["blanks", ["x", "a b"], "x 'a b'"],
    ["single quotes", ["x", "it's"], "x 'it'\\''s'"],
    ["text that a shell expands", ["x", "$(id) `id` $HOME *"], "x '$(id) `id` $HOME *'"],
    ["text that would be an assignment", ["A=b", "C=d"], "'A=b' C=d"],
    ["a tilde", ["x", "~root"], "x '~root'"],
    ["an exclamation mark, which csh reads in quotes", ["x", "a!b"], "x 'a'\\!'b'"],
    ["a backslash, which fish reads in quotes", ["x", "a\\b"], "x 'a'\\\\'b'"],
    ["a percent sign in front, which fish reads", ["x", "%self", "a%b"], "x '%self' a%b"],
  ])("[U] quotes %s", (_case, argv, line) => {
    expect(quoteCommand(argv)).toBe(line);
  });

  test.each(["a\0b", "a\nb", "a\rb"])(
    "[U] refuses %j, which not every shell can hold in an argument",
    (text) => {
      expect(() => quoteCommand(["x", text])).toThrow(RangeError);
    },
  );

  test("[U] lets a POSIX shell read back the same arguments", () => {
    const argument = fc.string({ unit: fc.constantFrom(..."ab'\"\\$`!*?~#&;|<>(){}[]=% \t^-".split("")) });
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 5 }), (argv) => {
        const line = quoteCommand(["printf", "%s\\0", ...argv, "end"]);
        const words = execFileSync("/bin/sh", ["-c", line]).toString().split("\0").slice(0, -2);
        expect(words).toEqual(argv);
      }),
      { numRuns: 50 },
    );
  });
});
