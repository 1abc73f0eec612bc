import fc from "fast-check";
import { detoursFrom } from "../../../provider/topology/rules/redundant-link";
import { buildNetwork, walkNetwork, type Network } from "../../../provider/topology/model/network";
import { walk } from "../../../provider/topology/model/walk";

type Neighbours = Record<string, string[]>;

const names = ["a", "b", "c", "d", "e", "f"];

type MapTrail = Map<string, string | undefined>;

function pathOn(trail: MapTrail, name: string): string[] {
  const before = trail.get(name);
  return [...(before === undefined ? [] : pathOn(trail, before)), name];
}

function networkOf(fed: Neighbours): Network {
  return buildNetwork(names, (name) => fed[name] ?? []);
}

// a reaches d by b and by c, and e by d alone; e leads back to a; f is apart.
const diamond: Neighbours = { a: ["b", "c"], b: ["d"], c: ["d"], d: ["e"], e: ["a"] };

describe("a walk", () => {
  test("[U] reaches the nearest first and each once", () => {
    expect(walk(["a"], (name) => diamond[name] ?? [])).toEqual(["a", "b", "c", "d", "e"]);
  });

  test("[U] from several starts takes the nearest of them", () => {
    const trail: MapTrail = new Map();
    const reached = walk(["c", "f", "c"], (name) => ({ ...diamond, f: ["e"] })[name] ?? [], trail);
    expect(reached).toEqual(["c", "f", "d", "e", "a", "b"]);
    expect(pathOn(trail, "e")).toEqual(["f", "e"]);
  });

  test("[U] does not reach again what is on its trail", () => {
    const trail: MapTrail = new Map();
    const next = (name: string): string[] => diamond[name] ?? [];
    expect(walk(["d"], next, trail)).toEqual(["d", "e", "a", "b", "c"]);
    expect(walk(["c", "f"], next, trail)).toEqual(["f"]);
  });

  test("[U] from a server never reaches that server", () => {
    const { reached, has, path } = walkNetwork(networkOf(diamond), "a");
    expect(reached).toEqual(["b", "c", "d", "e"]);
    expect(["a", "b", "e", "f", "nobody"].map(has)).toEqual([false, true, true, false, false]);
    expect(path("e")).toEqual(["a", "b", "d", "e"]);
  });

  test("[U] from a server that is not there reaches nothing", () => {
    const { reached, has } = walkNetwork(networkOf(diamond), "nobody");
    expect(reached).toEqual([]);
    expect(has("b")).toBe(false);
  });

  test("[U] on numbers and on names agree about any links", () => {
    const neighbours = fc.uniqueArray(fc.constantFrom(...names));
    const links = fc.record(Object.fromEntries(names.map((name) => [name, neighbours])));
    fc.assert(
      fc.property(links, (fed) => {
        const trail: MapTrail = new Map();
        const [, ...onNames] = walk(["a"], (name) => fed[name] ?? [], trail);
        const onNumbers = walkNetwork(networkOf(fed), "a");
        expect(onNumbers.reached).toEqual(onNames);
        for (const name of onNames) expect(onNumbers.path(name)).toEqual(pathOn(trail, name));
        expect(names.filter(onNumbers.has)).toEqual([...onNames].sort());
      }),
    );
  });
});

describe("the ends of a path", () => {
  const chain = Array.from({ length: 40 }, (_, at) => `s${at + 1}`);
  // From s20 a side way leads to a server of its own.
  const fedBy = (name: string): string[] => {
    const next = chain[chain.indexOf(name) + 1];
    return [...(next ? [next] : []), ...(name === "s20" ? ["aside"] : [])];
  };
  const along = walkNetwork(
    buildNetwork([...chain, "aside", "apart"], (name) => (chain.includes(name) ? fedBy(name) : [])),
    "s1",
  );

  test.each(["s2", "s5", "s6", "s9", "s10"])("[U] are all of a short one: %s", (name) => {
    expect(along.ends(name)).toEqual(along.path(name));
  });

  test.each(["s11", "s12", "s21", "s40", "aside"])(
    "[U] are five and five names of a long one: %s",
    (name) => {
      const whole = along.path(name);
      expect(along.ends(name)).toEqual([...whole.slice(0, 5), ...whole.slice(-5)]);
      expect(along.length(name)).toBe(whole.length);
    },
  );

  test("[U] of a server that is not reached there are none", () => {
    expect([along.length("apart"), along.length("nobody"), along.length("s1")]).toEqual([0, 0, 1]);
    expect(walkNetwork(networkOf({}), "nobody").length("a")).toBe(0);
  });
});

describe("detours", () => {
  const detours = (fed: Neighbours): [string, string[]][] => detoursFrom(networkOf(fed), "a");

  test.each<[string, Neighbours, [string, string[]][]]>([
    ["none from a server without links", {}, []],
    ["none where each server has one way", { a: ["b", "c"], b: ["d"], d: ["e"] }, []],
    ["one beside a direct link", { a: ["b", "c"], b: ["c"] }, [["c", ["a", "b", "c"]]]],
    ["the shortest one", { a: ["b", "c", "d"], b: ["e"], e: ["d"], c: ["d"] }, [["d", ["a", "c", "d"]]]],
    [
      "a long one",
      { a: ["b", "f"], b: ["c"], c: ["d"], d: ["e"], e: ["f"] },
      [["f", ["a", "b", "c", "d", "e", "f"]]],
    ],
    [
      "two that cross",
      { a: ["b", "c"], b: ["c"], c: ["b"] },
      [
        ["b", ["a", "c", "b"]],
        ["c", ["a", "b", "c"]],
      ],
    ],
    ["none that comes back through the start", { a: ["b", "c"], b: ["a"] }, []],
    ["none that begins with the direct link", { a: ["b"], b: ["c"], c: ["b"] }, []],
    [
      "past a server that two ways meet at",
      { a: ["b", "c", "d"], b: ["e"], c: ["e"], e: ["b"] },
      [["b", ["a", "c", "e", "b"]]],
    ],
  ])("[U] %s", (_name, fed, expected) => {
    expect(detours(fed)).toEqual(expected);
  });

  test("[U] are what a walk without the direct link finds, for any links", () => {
    const neighbours = fc.uniqueArray(fc.constantFrom(...names), { maxLength: 4 });
    const links = fc.record(Object.fromEntries(names.map((name) => [name, neighbours])));
    fc.assert(
      fc.property(links, (drawn) => {
        const fed = Object.fromEntries(
          names.map((name) => [name, (drawn[name] ?? []).filter((to) => to !== name)]),
        );
        const slowly = (fed["a"] ?? []).flatMap((to): [string, string[]][] => {
          const others = (fed["a"] ?? []).filter((name) => name !== to);
          const without = walkNetwork(networkOf({ ...fed, a: others }), "a");
          return without.has(to) ? [[to, without.path(to)]] : [];
        });
        expect(detours(fed)).toEqual(slowly);
      }),
    );
  });
});
