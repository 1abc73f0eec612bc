import { renderDot } from "../../provider/topology/render/dot";
import type { Arrow, Box, Picture } from "../../provider/topology/render/picture";

const box = (...names: Box["names"]): Box => ({
  names,
  kind: "web server",
  intermediary: false,
  unlinked: false,
  details: [],
  findings: [],
});

function picture(names: readonly string[], arrows: number): Picture {
  const arrow: Arrow = { from: "s1", to: "s2", kind: "sync", label: "sync", findings: [] };
  const boxes = names.map((name) => box(name));
  return {
    title: "direct links",
    boxes,
    arrows: Array.from({ length: arrows }, () => arrow),
    overall: [],
    findings: [],
  };
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `s${index + 1}`);

/** The lines of text in the box of a picture that has one. */
function linesIn(only: Box): string[] {
  const dot = renderDot({ ...picture([], 0), boxes: [only] });
  const label = /\[label=<(.*?)>, style=/.exec(dot)?.[1] ?? "";
  return label.split("<br/>").map((line) => line.replace(/<[^>]*>/g, ""));
}

describe("the Graphviz graph", () => {
  test("[U] names the roles of up to eight arrows", () => {
    expect(renderDot(picture(numbered(2), 8)).match(/>sync</g)).toHaveLength(8);
    expect(renderDot(picture(numbered(2), 9))).not.toContain(">sync<");
  });

  test.each([
    [2, 8, 1],
    [24, 8, 1],
    [2, 9, 1.125],
    [12, 9, 1.5],
    [64, 9, 8],
    [80, 9, 8],
  ])("[U] draws %d servers and %d arrows in columns %d inches apart", (servers, arrows, inches) => {
    expect(renderDot(picture(numbered(servers), arrows))).toContain(` ranksep=${inches};`);
  });

  test("[U] fills lines up to 44 characters", () => {
    const word = "w".repeat(21);
    expect(linesIn(box(`${word} ${word}x`))).toEqual([`${word} ${word}x`]);
    expect(linesIn(box(`${word} ${word}xy`))).toEqual([word, `${word}xy`]);
    expect(linesIn(box("w".repeat(44)))).toEqual(["w".repeat(44)]);
    expect(linesIn(box("w".repeat(100)))).toEqual(["w".repeat(44), "w".repeat(44), "w".repeat(12)]);
    expect(linesIn(box("😀".repeat(45)))).toEqual(["😀".repeat(44), "😀"]);
    expect(linesIn(box("two  spaces "))).toEqual(["two  spaces "]);
  });

  test("[U] names up to a hundred servers in a box and counts the others", () => {
    const names = numbered(102) as [string, ...string[]];
    const hundred = linesIn(box("s1", ...names.slice(1, 100)));
    expect(hundred[0]).toBe("100 web servers");
    expect(hundred.slice(1).join(" ")).toBe(names.slice(0, 100).join(", "));
    expect(
      linesIn(box(...names))
        .slice(1)
        .join(" "),
    ).toBe(`${names.slice(0, 100).join(", ")} and 2 more`);
  });
});
