import { isBelow, isSupported, parseVersion } from "../../../provider/topology/model/version";

test.each([
  ["11.136.0.5", { major: 11, minor: 136 }],
  ["136.0.5", { major: 11, minor: 136 }],
  ["12", { major: 11, minor: 12 }],
  ["11", { major: 11 }],
  ["11.84", { major: 11, minor: 84 }],
  ["11.136.0 (build 5)", { major: 11, minor: 136 }],
  ["11 (build 5)", { major: 11 }],
  ["11.136-release", { major: 11, minor: 136 }],
  ["10.8.1", { major: 10, minor: 8 }],
  ["0.1", { major: 0, minor: 1 }],
  ["newest", undefined],
  ["v11.136", undefined],
  ["11x", undefined],
  ["11.", { major: 11 }],
  ["", undefined],
  ["1234567890", undefined],
  ["11.1234567890", { major: 11 }],
])("[U] %j is read as a version", (text, version) => {
  expect(parseVersion(text)).toEqual(version);
});

test("[U] version 11 is supported in every notation", () => {
  expect(["11", "11.0", "12", "136.0.5"].map(isSupported)).toEqual([true, true, true, true]);
  expect(["10", "10.99", "0", "newest"].map(isSupported)).toEqual([false, false, false, false]);
});

test("[U] isBelow is true only for a version that is known to be older", () => {
  expect(["11.83", "83.9", "10.99", "10"].map((text) => isBelow(text, 84))).toEqual([true, true, true, true]);
  expect(["11.84", "84", "11.136", "11", "newest"].map((text) => isBelow(text, 84))).toEqual(
    Array(5).fill(false),
  );
});
