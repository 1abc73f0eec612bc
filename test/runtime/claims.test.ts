import { claim, isTakenOver } from "../../provider/runtime/claims";

test("[U] an entry that nobody has claimed in this run belongs to whoever deletes it", () => {
  expect(isTakenOver("member a/1", undefined)).toBe(false);
  expect(isTakenOver("member a/1", "of an earlier run")).toBe(false);
});

test("[U] the last claim counts, for this entry alone", () => {
  const first = claim("member a/2");
  expect(isTakenOver("member a/2", first)).toBe(false);
  const second = claim("member a/2");
  expect([first, second, undefined].map((mark) => isTakenOver("member a/2", mark))).toEqual([
    true,
    false,
    true,
  ]);
  expect(isTakenOver("line a/2", first)).toBe(false);
});
