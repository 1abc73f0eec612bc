import {
  circularGroups,
  connectedGroups,
  connectedWith,
  reachedFrom,
} from "../../../provider/topology/model/connected";

describe("connected names", () => {
  test("[U] are grouped in any direction, with each group and the list of groups sorted", () => {
    expect(
      connectedGroups(
        ["z", "c", "b", "a", "alone"],
        [
          ["b", "z"],
          ["c", "a"],
        ],
      ),
    ).toEqual([["a", "c"], ["alone"], ["b", "z"]]);
  });

  test("[U] may be names that objects are born with", () => {
    expect(connectedGroups(["constructor"], [["toString", "constructor"]])).toEqual([
      ["constructor", "toString"],
    ]);
  });

  test("[U] may be declared by their edges alone", () => {
    expect(connectedGroups([], [["b", "a"]])).toEqual([["a", "b"]]);
  });
});

describe("names that are connected with given names", () => {
  test("[U] are found along edges in either direction and include the given names", () => {
    const edges = [
      ["b", "a"],
      ["b", "c"],
      ["x", "y"],
    ] as const;
    expect([...connectedWith(["a", "alone"], edges)].sort()).toEqual(["a", "alone", "b", "c"]);
  });
});

describe("names that are reached from some", () => {
  test("[U] are found along the direction of the edges, the starting ones among them", () => {
    const edges = [
      ["a", "b"],
      ["b", "c"],
      ["x", "a"],
      ["c", "a"],
    ] as const;
    expect([...reachedFrom(["b", "alone"], edges)].sort()).toEqual(["a", "alone", "b", "c"]);
  });
});

describe("names in a circle", () => {
  test("[U] can all reach each other; a single name is not a circle", () => {
    expect(
      circularGroups(
        ["a", "b", "c", "d"],
        [
          ["c", "d"],
          ["d", "c"],
          ["b", "a"],
          ["a", "b"],
          ["b", "c"],
        ],
      ),
    ).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
    expect(circularGroups(["a", "b"], [["a", "b"]])).toEqual([]);
  });

  test("[U] may be properties of every object", () => {
    const names = ["constructor", "toString"];
    expect(
      circularGroups(names, [
        ["constructor", "toString"],
        ["toString", "constructor"],
      ]),
    ).toEqual([names]);
  });
});
