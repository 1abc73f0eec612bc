import { differing, diffResult } from "../../provider/runtime/difference";

describe("the fields that differ", () => {
  test("[U] are named, also deep ones", () => {
    expect(differing(["a", "b", "c"], { a: 1, b: [1, { x: 1 }], c: "" }, { a: 1, b: [1, { x: 2 }] })).toEqual(
      ["b", "c"],
    );
  });

  test("[U] do not hold one that is undefined here and absent there", () => {
    expect(differing(["a"], { a: undefined }, {})).toEqual([]);
  });
});

describe("the answer to the engine", () => {
  const nothing = { changed: [], replaces: [], hidden: false };

  test("[U] is no for no difference", () => {
    expect(diffResult(nothing)).toEqual({ changes: false });
  });

  test("[U] lets the engine compare where inputs differ", () => {
    expect(diffResult({ ...nothing, changed: ["role"] })).toEqual({ replaces: [] });
    expect(diffResult({ ...nothing, replaces: ["server"] })).toEqual({ replaces: ["server"] });
  });

  test("[U] is yes where the engine could not see it, and names what replaces", () => {
    expect(diffResult({ ...nothing, hidden: true })).toEqual({ changes: true, replaces: [] });
    expect(diffResult({ changed: ["role"], replaces: ["server"], hidden: true })).toEqual({
      changes: true,
      replaces: ["server"],
    });
  });
});
