import { z } from "zod";
import {
  checkInputs,
  declaredInputs,
  isUnknown,
  knownInputs,
} from "../../../provider/runtime/engine/checked-inputs";

const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const schema = z.strictObject({
  name: z.string().min(2, "too short"),
  role: z.enum(["a", "long"]).transform((word) => (word === "long" ? "l" : word)),
  count: z.int().default(7),
});

test("[U] an unknown value is found at any depth, but not in a text that contains its marker", () => {
  const unknown = [unknownValue, [unknownValue], { a: { b: [1, unknownValue] } }];
  expect(unknown.map(isUnknown)).toEqual([true, true, true]);
  expect([`x${unknownValue}`, null, undefined, 0, {}, []].map(isUnknown)).toEqual(Array(6).fill(false));
});

test("[U] internal fields are not declared inputs", () => {
  expect(declaredInputs({ __provider: "x", rejection: "y", claim: "z", name: "n" })).toEqual({ name: "n" });
});

test("[U] checked inputs are parsed, and defaults stay out of them", () => {
  expect(checkInputs(schema, { name: "ab", role: "long" })).toEqual({ inputs: { name: "ab", role: "l" } });
});

test("[U] every mistake is a separate failure without a property, and without a value that may be a secret", () => {
  const secret = "PLANTEDSECRET0123456789";
  const { failures = [] } = checkInputs(schema, { name: "S", role: secret, other: secret });
  expect(failures.map(({ property }) => property)).toEqual(["", "", ""]);
  expect(failures.map(({ reason }) => reason.split(":")[0])).toEqual(["name", "role", "other"]);
  expect(JSON.stringify(failures)).not.toContain(secret);
});

test("[U] a known rejection is the only failure", () => {
  const news = { name: "", rejection: "No." };
  expect(checkInputs(schema, news)).toEqual({ failures: [{ property: "", reason: "No." }] });
  expect(checkInputs(schema, { name: "ab", role: "a", rejection: unknownValue })).toEqual({
    inputs: { name: "ab", role: "a" },
  });
});

test("[U] known inputs are completed; unknown and wrong ones are left unchanged", () => {
  expect(knownInputs(schema, { name: unknownValue, role: "long" })).toEqual({
    name: unknownValue,
    role: "l",
    count: 7,
  });
  expect(knownInputs(schema, { name: "x", role: "?" })).toEqual({ name: "x", role: "?", count: 7 });
});
