import { withoutPositions } from "../../../provider/resources/program/without-positions";

test("[U] withoutPositions creates errors without a call stack, and later errors have one again", () => {
  const setting = () => Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  const before = setting();
  expect(withoutPositions(() => new Error("inside").stack)).toBe("Error: inside");
  expect(setting()).toEqual(before);
  expect(new Error("after").stack).toContain("without-positions.test.ts");
});

test("[U] withoutPositions passes an error on, and later errors have a call stack again", () => {
  const fail = (): never => {
    throw new Error("a mistake");
  };
  expect(() => withoutPositions(fail)).toThrow("a mistake");
  expect(new Error("after").stack).toContain("without-positions.test.ts");
});
