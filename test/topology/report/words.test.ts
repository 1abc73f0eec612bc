import {
  compareAsRead,
  compareNames,
  compareText,
  countText,
  inReadingOrder,
  listText,
  pathText,
  slowdownText,
} from "../../../provider/topology/report/words";

const letters = (count: number): string[] => [..."abcdefghijklmnop"].slice(0, count);

test.each([
  [[], ""],
  [["a"], "a"],
  [["a", "b"], "a and b"],
  [["a", "b", "c"], "a, b and c"],
  [letters(8), "a, b, c, d, e, f, g and h"],
  [letters(9), "a, b, c, d, e, f, g, h and 1 more"],
  [letters(12), "a, b, c, d, e, f, g, h and 4 more"],
])("[U] the list %j becomes a phrase", (words, text) => {
  expect(listText(words)).toBe(text);
});

test.each([
  [["a"], "a"],
  [["a", "b", "c"], "a -> b -> c"],
  [letters(10), "a -> b -> c -> d -> e -> f -> g -> h -> i -> j"],
  [letters(11), "a -> b -> c -> d -> e -> (1 more) -> g -> h -> i -> j -> k"],
  [letters(14), "a -> b -> c -> d -> e -> (4 more) -> j -> k -> l -> m -> n"],
])("[U] a path keeps its beginning and its end: %j", (names, text) => {
  expect(pathText(names)).toBe(text);
});

test("[U] a count agrees with its noun", () => {
  expect([0, 1, 2].map((count) => countText(count, "link"))).toEqual(["0 links", "1 link", "2 links"]);
});

test("[U] each intermediary makes a transfer three times slower", () => {
  expect([1, 2, 3, 7, 8, 20].map(slowdownText)).toEqual(["3", "9", "27", "2187", "3^8", "3^20"]);
});

test("[U] text is sorted by code unit", () => {
  expect(["b", "ä", "B", "a", "a"].sort(compareText)).toEqual(["B", "a", "a", "b", "ä"]);
  expect([compareText("a", "b"), compareText("b", "a"), compareText("a", "a")]).toEqual([-1, 1, 0]);
});

test("[U] names are sorted as they are read, and the same whatever their order before", () => {
  const sorted = [
    "",
    "10.0.0.2",
    "10.0.0.10",
    "web",
    "web0",
    "web01",
    "web1",
    "web1-a",
    "web2",
    "web010",
    "web10",
    "web10-2",
    "web10-11",
    "web99999999999999999999998",
    "web99999999999999999999999",
    "web100000000000000000000000",
    "webb",
  ];
  expect(inReadingOrder([...sorted].reverse())).toEqual(sorted);
  for (const [index, name] of sorted.entries()) {
    const order = sorted.map((other) => Math.sign(compareAsRead(name, other)));
    expect(order).toEqual(sorted.map((_, other) => Math.sign(index - other)));
  }
});

test("[U] lists of names are sorted as in a dictionary", () => {
  const lists = [["b"], ["a", "c"], ["a"], [], ["a", "b", "z"], ["a10"], ["a9"]];
  expect(lists.sort(compareNames)).toEqual([[], ["a"], ["a", "b", "z"], ["a", "c"], ["a9"], ["a10"], ["b"]]);
  expect(compareNames(["a", "b"], ["a", "b"])).toBe(0);
  expect(compareNames(["a"], ["a", "b"])).toBeLessThan(0);
  expect(compareNames(["a", "b"], ["a"])).toBeGreaterThan(0);
});
