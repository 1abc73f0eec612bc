import fc from "fast-check";
import { formatMember, parseMember, saysTheSame } from "../../../provider/servers/cluster/member-file";

const fields = { user: "root", host: "ns1.example.com", pass: "SECRET" };
const fresh = "#version 2.0\nuser=root\nhost=ns1.example.com\npass=SECRET\nmodule=cPanel\ndebug=0\n";

describe("the text of a member file", () => {
  test("[U] is written as WHM writes it", () => {
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

  test("[U] is not touched where it says the right thing already", () => {
    const earlier = "#version 2.0\r\nmodule=cPanel\r\nuser=root\r\npass=SECRET\r\nhost=ns1.example.com";
    expect(formatMember(fields, earlier)).toBe(earlier);
  });

  test("[U] gets the keys that are missing at its end", () => {
    expect(formatMember(fields, "#version 2.0\nuser=root\ndebug=1")).toBe(
      "#version 2.0\nuser=root\ndebug=1\nhost=ns1.example.com\npass=SECRET\nmodule=cPanel\n",
    );
  });

  test("[U] is set wherever a key stands twice, so that it does not matter which one counts", () => {
    const text = formatMember(
      fields,
      "#version 2.0\nhost=a\nhost=b\nuser=root\npass=SECRET\nmodule=cPanel\n",
    );
    expect(text.match(/host=.*/g)).toEqual(["host=ns1.example.com", "host=ns1.example.com"]);
  });

  test("[U] takes a secret with the signs of a replacement pattern as it is", () => {
    const odd = { ...fields, pass: "$&$1$$=" };
    expect(parseMember(formatMember(odd, fresh)).pass).toBe("$&$1$$=");
  });

  test("[U] of the old form without a version is written anew", () => {
    expect(formatMember(fields, "root\nns1.example.com\nhash\n")).toBe(fresh);
  });

  test("[U] reads back as what was written, whatever stood there before", () => {
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

  test("[U] takes CRLF for an end of line", () => {
    expect(parseMember("#version 2.0\r\nuser=root\r\nmodule=cPanel\r\n")).toEqual({
      user: "root",
      module: "cPanel",
    });
  });

  test.each(["", "root\nhost\npass", "user=root\n#version 2.0\n"])(
    "[U] finds no fields without a version first: %j",
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
  ])("[U] finds it different with %j", (change) => {
    expect(saysTheSame({ ...fields, module: "cPanel", ...change } as never, fields)).toBe(false);
  });
});
