import fc from "fast-check";
import {
  endWithAddress,
  holdsAddress,
  withoutAddress,
} from "../../../provider/servers/cluster/address-lines";

const someText = fc
  .tuple(fc.array(fc.constantFrom("", "# note", "10.0.0.10", "10.0.0.2 ", "x\r")), fc.boolean())
  .map(([lines, ends]) => lines.join("\n") + (ends && lines.length > 0 ? "\n" : ""));

describe("the search for an address line", () => {
  test.each(["10.0.0.1", "a\n10.0.0.1\nb", "a\r\n10.0.0.1\r\n", " 10.0.0.1\t\n"])(
    "[U] finds the address: %j",
    (text) => {
      expect(holdsAddress(text, "10.0.0.1")).toBe(true);
    },
  );

  test.each(["", "10.0.0.10", "110.0.0.1", "# 10.0.0.1", "10.0.0.1 # ns1", "10.0.0.1,10.0.0.2", "10a0b0c1"])(
    "[U] does not find the address: %j",
    (text) => {
      expect(holdsAddress(text, "10.0.0.1")).toBe(false);
    },
  );
});

describe("removing a line", () => {
  test.each([
    ["10.0.0.1\n", ""],
    ["10.0.0.1", ""],
    ["a\n10.0.0.1", "a"],
    ["a\n10.0.0.1\n", "a\n"],
    ["a\r\n10.0.0.1\r\nb\r\n", "a\r\nb\r\n"],
    ["10.0.0.1\n\n", "\n"],
    ["10.0.0.1\n10.0.0.10\n10.0.0.1\n", "10.0.0.10\n"],
  ])("[U] changes %j to %j", (text, rest) => {
    expect(withoutAddress(text, "10.0.0.1")).toBe(rest);
  });

  test("[U] restores the text from before the line was added, whatever it held", () => {
    fc.assert(
      fc.property(someText, (before) => {
        expect(withoutAddress(before + endWithAddress(before, "10.0.0.1"), "10.0.0.1")).toBe(before);
      }),
    );
  });
});

describe("adding a line at the end", () => {
  test.each([
    ["", "10.0.0.2\n"],
    ["10.0.0.1\n", "10.0.0.1\n10.0.0.2\n"],
    ["10.0.0.1", "10.0.0.1\n10.0.0.2"],
    ["10.0.0.3\r\n", "10.0.0.3\r\n10.0.0.2\n"],
    ["10.0.0.9\n\n", "10.0.0.9\n\n10.0.0.2\n"],
  ])("[U] changes %j to %j", (text, more) => {
    expect(text + endWithAddress(text, "10.0.0.2")).toBe(more);
  });
});
