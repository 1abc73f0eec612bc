import fc from "fast-check";
import {
  holdsAddress,
  setApart,
  withAddress,
  withoutAddress,
} from "../../../provider/servers/cluster/address-lines";

const someText = fc
  .tuple(fc.array(fc.constantFrom("", "# note", "10.0.0.10", "10.0.0.2 ", "x\r")), fc.boolean())
  .map(([lines, ends]) => lines.join("\n") + (ends && lines.length > 0 ? "\n" : ""));

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

  test("[U] undoes a line that was put in, whatever stood there", () => {
    fc.assert(
      fc.property(someText, (before) => {
        expect(withoutAddress(withAddress(before, "10.0.0.1"), "10.0.0.1")).toBe(before);
      }),
    );
  });
});

describe("putting a line in", () => {
  test.each([
    ["", "10.0.0.2\n"],
    ["10.0.0.1\n", "10.0.0.1\n10.0.0.2\n"],
    ["10.0.0.1", "10.0.0.1\n10.0.0.2"],
    ["10.0.0.3\n", "10.0.0.2\n10.0.0.3\n"],
    ["10.0.0.3", "10.0.0.2\n10.0.0.3"],
    ["10.0.0.3\r\n", "10.0.0.2\n10.0.0.3\r\n"],
    ["10.0.0.9\n# Paris\n10.0.0.3\n", "10.0.0.9\n# Paris\n10.0.0.2\n10.0.0.3\n"],
    ["10.0.0.9\n# Paris\n", "10.0.0.9\n# Paris\n10.0.0.2\n"],
    ["10.0.0.9\n\n", "10.0.0.9\n\n10.0.0.2\n"],
  ])("[U] makes %j to %j", (text, more) => {
    expect(withAddress(text, "10.0.0.2")).toBe(more);
  });

  test("[U] makes the same text in whatever order lines come", () => {
    const addresses = fc.uniqueArray(fc.ipV4(), { maxLength: 5 });
    const inTwoOrders = addresses.chain((all) =>
      fc.shuffledSubarray(all, { minLength: all.length }).map((other) => [all, other] as const),
    );
    fc.assert(
      fc.property(someText, inTwoOrders, (before, [one, other]) => {
        expect(other.reduce(withAddress, before)).toBe(one.reduce(withAddress, before));
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
