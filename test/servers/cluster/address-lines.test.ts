import fc from "fast-check";
import {
  holdsAddress,
  lineFor,
  setApart,
  withoutAddress,
} from "../../../provider/servers/cluster/address-lines";

describe("a whole line", () => {
  test.each(["10.0.0.1", "a\n10.0.0.1\nb", "a\r\n10.0.0.1\r\n", " 10.0.0.1\t\n"])(
    "[U] holds the address: %j",
    (text) => {
      expect(holdsAddress(text, "10.0.0.1")).toBe(true);
    },
  );

  test.each(["", "10.0.0.10", "110.0.0.1", "# 10.0.0.1", "10.0.0.1 # ns1", "10.0.0.1,10.0.0.2", "10a0b0c1"])(
    "[U] does not hold it: %j",
    (text) => {
      expect(holdsAddress(text, "10.0.0.1")).toBe(false);
    },
  );
});

describe("taking a line out", () => {
  test.each([
    ["10.0.0.1\n", ""],
    ["10.0.0.1", ""],
    ["a\n10.0.0.1", "a"],
    ["a\n10.0.0.1\n", "a\n"],
    ["a\r\n10.0.0.1\r\nb\r\n", "a\r\nb\r\n"],
    ["10.0.0.1\n\n", "\n"],
    ["10.0.0.1\n10.0.0.10\n10.0.0.1\n", "10.0.0.10\n"],
  ])("[U] makes %j to %j", (text, rest) => {
    expect(withoutAddress(text, "10.0.0.1")).toBe(rest);
  });

  test("[U] undoes an appended line, whatever stood there", () => {
    const line = fc.constantFrom("", "# note", "10.0.0.10", "10.0.0.2 ", "x\r");
    fc.assert(
      fc.property(fc.array(line), fc.boolean(), (lines, ends) => {
        const before = lines.join("\n") + (ends && lines.length > 0 ? "\n" : "");
        const after = before + lineFor("10.0.0.1", before);
        expect(withoutAddress(after, "10.0.0.1")).toBe(before);
      }),
    );
  });
});

describe("an appended line that somebody else's has run into", () => {
  test.each([
    ["theirs stands before it", "a\n", "a\n10.0.0.9192.0.2.53\nb\n", "a\n10.0.0.9\n192.0.2.53\nb\n"],
    ["theirs stands behind it", "a", "a\n192.0.2.5310.0.0.9\n", "a\n192.0.2.53\n10.0.0.9\n"],
  ])("[U] is set apart where %s", (_case, before, text, apart) => {
    expect(setApart(text, "192.0.2.53", before)).toBe(apart);
  });

  test.each([
    ["stands by itself", "a\n", "a\n192.0.2.53\n"],
    ["is gone", "a\n", "a\n10.0.0.9\n"],
    ["looks like a line that was there before", "1192.0.2.53\n", "1192.0.2.53\n10.0.0.9\n"],
    ["ends like another address", "", "2001:db8::192.0.2.53\n"],
    ["is spoken of in a comment", "", "# not 192.0.2.53\n192.0.2.53 is ours\n"],
    ["is a network's", "a\n", "a\n192.0.2.53/24\n"],
    ["is switched off", "", "#192.0.2.53\n"],
    ["is a value", "", "ns1=192.0.2.53\n"],
  ])("[U] is left alone where it %s", (_case, before, text) => {
    expect(setApart(text, "192.0.2.53", before)).toBe(text);
  });

  test("[U] is told from other addresses that begin or end the same", () => {
    expect(setApart("112.0.0.1\n", "12.0.0.1", "")).toBe("112.0.0.1\n");
    expect(setApart("12.0.0.10\n", "12.0.0.1", "")).toBe("12.0.0.10\n");
  });
});
