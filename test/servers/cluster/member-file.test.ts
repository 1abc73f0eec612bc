import fc from "fast-check";
import { formatMember, parseMember, saysTheSame } from "../../../provider/servers/cluster/member-file";

const fields = { user: "root", host: "ns1.example.com", pass: "SECRET" };
const fresh = "#version 2.0\nuser=root\nhost=ns1.example.com\npass=SECRET\nmodule=cPanel\ndebug=0\n";

describe("the text of a member file", () => {
  test("[U] has WHM's format", () => {
    expect(formatMember(fields)).toBe(fresh);
  });

  test.each([
    [
      "other keys and comments",
      "#version 2.0\n# note\nx=1\nuser=root\nhost=old\npass=SECRET\nmodule=cPanel\ndebug=on\n",
    ],
    ["CRLF", "#version 2.0\r\nuser=root\r\nhost=old\r\npass=SECRET\r\nmodule=cPanel\r\n"],
    ["a last line without a line feed", "#version 2.0\nuser=root\npass=SECRET\nmodule=cPanel\nhost=old"],
    [
      "another version and an order of its own",
      "#version 3.1 beta\nhost=old\nmodule=cPanel\npass=SECRET\nuser=root\n",
    ],
    [
      "keys that end alike",
      "#version 2.0\nxhost=old.example\nuser=root\nhost=old\npass=SECRET\nmodule=cPanel\n",
    ],
  ])("[U] keeps %s and changes the one line that differs", (_name, earlier) => {
    const line = /(^|\n)host=old(?=\r?\n|$)/;
    expect(formatMember(fields, earlier)).toBe(earlier.replace(line, "$1host=ns1.example.com"));
  });

  test("[U] is unchanged if it holds the right values already", () => {
    const earlier = "#version 2.0\r\nmodule=cPanel\r\nuser=root\r\npass=SECRET\r\nhost=ns1.example.com";
    expect(formatMember(fields, earlier)).toBe(earlier);
  });

  test("[U] gets missing keys at its end", () => {
    expect(formatMember(fields, "#version 2.0\nuser=root\ndebug=1")).toBe(
      "#version 2.0\nuser=root\ndebug=1\nhost=ns1.example.com\npass=SECRET\nmodule=cPanel\n",
    );
  });

  test("[U] gets the value at every place of a repeated key, so that it does not matter which one WHM reads", () => {
    const text = formatMember(
      fields,
      "#version 2.0\nhost=a\nhost=b\nuser=root\npass=SECRET\nmodule=cPanel\n",
    );
    expect(text.match(/host=.*/g)).toEqual(["host=ns1.example.com", "host=ns1.example.com"]);
  });

  test("[U] can hold a secret with the characters of a replacement pattern", () => {
    const odd = { ...fields, pass: "$&$1$$=" };
    expect(parseMember(formatMember(odd, fresh)).pass).toBe("$&$1$$=");
  });

  test("[U] is written again if it has the old format without a version", () => {
    expect(formatMember(fields, "root\nns1.example.com\nhash\n")).toBe(fresh);
  });

  test("[U] reads back as it was written, whatever the old text was", () => {
    const value = fc.stringMatching(/^[!-~]([ -~]*[!-~])?$/);
    const line = fc.stringMatching(/^[ -~]*$/);
    const member = fc.record({ user: value, host: value, pass: value });
    const earlier = fc.option(
      fc.array(line).map((lines) => ["#version 2.0", ...lines].join("\n")),
      { nil: undefined },
    );
    fc.assert(
      fc.property(member, earlier, (wanted, text) => {
        const written = formatMember(wanted, text);
        expect(saysTheSame(parseMember(written), wanted)).toBe(true);
        expect(formatMember(wanted, written)).toBe(written);
      }),
    );
  });
});

describe("reading a member file", () => {
  test("[U] splits a line at its first equals sign", () => {
    expect(parseMember("#version 2.0\npass=a=b==\n")).toEqual({ pass: "a=b==" });
  });

  test("[U] accepts CRLF as a line end", () => {
    expect(parseMember("#version 2.0\r\nuser=root\r\nmodule=cPanel\r\n")).toEqual({
      user: "root",
      module: "cPanel",
    });
  });

  test.each(["", "root\nhost\npass", "user=root\n#version 2.0\n"])(
    "[U] finds no fields without a version in the first line: %j",
    (text) => {
      expect(parseMember(text)).toEqual({});
    },
  );

  test.each([
    { user: "other" },
    { host: "other" },
    { pass: "other" },
    { module: "imh" },
    { module: undefined },
  ])("[U] finds a difference from %j", (change) => {
    expect(saysTheSame({ ...fields, module: "cPanel", ...change } as never, fields)).toBe(false);
  });
});
