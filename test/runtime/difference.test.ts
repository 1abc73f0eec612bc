import { differing, diffResult } from "../../provider/runtime/difference";

describe("the fields that differ", () => {
  test("[U] are named, also nested ones", () => {
    expect(differing(["a", "b", "c"], { a: 1, b: [1, { x: 1 }], c: "" }, { a: 1, b: [1, { x: 2 }] })).toEqual(
      ["b", "c"],
    );
  });

  test("[U] do not include a field that is undefined in one and absent in the other", () => {
    expect(differing(["a"], { a: undefined }, {})).toEqual([]);
  });
});

describe("the answer to the engine", () => {
  const nothing = { changed: [], replaces: [], hidden: false };

  test("[U] is no without a difference", () => {
    expect(diffResult(nothing)).toEqual({ changes: false });
  });

  test("[U] lets the engine compare if inputs differ", () => {
    expect(diffResult({ ...nothing, changed: ["role"] })).toEqual({ replaces: [] });
    expect(diffResult({ ...nothing, replaces: ["server"] })).toEqual({ replaces: ["server"] });
  });

  test("[U] is yes with the reason for a replacement if the engine could not see the difference", () => {
    expect(diffResult({ ...nothing, hidden: true })).toEqual({ changes: true, replaces: [] });
    expect(diffResult({ changed: ["role"], replaces: ["server"], hidden: true })).toEqual({
      changes: true,
      replaces: ["server"],
    });
  });
});
