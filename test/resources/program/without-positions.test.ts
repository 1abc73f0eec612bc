import { withoutPositions } from "../../../provider/resources/program/without-positions";

test("[U] what is made inside has no call stack, what is made after it has one again", () => {
  const setting = () => Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  const before = setting();
  expect(withoutPositions(() => new Error("inside").stack)).toBe("Error: inside");
  expect(setting()).toEqual(before);
  expect(new Error("after").stack).toContain("without-positions.test.ts");
});

test("[U] a mistake inside is thrown on, and call stacks are there again", () => {
  const fail = (): never => {
    throw new Error("a mistake");
  };
  expect(() => withoutPositions(fail)).toThrow("a mistake");
  expect(new Error("after").stack).toContain("without-positions.test.ts");
});
