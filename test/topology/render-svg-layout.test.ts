import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { TopologyInput } from "../../provider/schema/topology";
import { renderComparison, renderTopology } from "../../provider/topology";
import { direct, dns, link, web } from "./builders";
import { fourRegions, linkedDirectly, meshedRegions } from "./fleets";
import { families } from "./font-widths";
import { areasOf, misplacedTexts, textsOf } from "./image-layout";

// Reads finished images as a reader's system would show them, with real fonts.

const folder = join(__dirname, "drawings");
const readCluster = (path: string): TopologyInput => parse(readFileSync(path, "utf8")) as TopologyInput;

function drawn(name: string): Promise<string> {
  const [before, cluster] = ["before.yaml", "cluster.yaml"].map((file) => join(folder, name, file));
  const after = readCluster(cluster!);
  if (!existsSync(before!)) return renderTopology(after, "svg");
  return renderComparison(readCluster(before!), after, "svg") as Promise<string>;
}

const images: [string, () => Promise<string>][] = [
  ...readdirSync(folder).map((name): [string, () => Promise<string>] => [name, () => drawn(name)]),
  ["12 servers linked directly", () => renderTopology(linkedDirectly(12), "svg")],
  ["60 servers linked directly", () => renderTopology(linkedDirectly(60), "svg")],
  ["60 servers in four regions", () => renderTopology(fourRegions(), "svg")],
  ["60 servers in four meshed regions", () => renderTopology(meshedRegions(), "svg")],
  ["names in other scripts", () => renderTopology(otherScripts, "svg")],
];

const otherScripts: TopologyInput = {
  servers: { ウェブサーバー東京一号: web(1), "имя-сервера": dns(2), "😀😀😀😀😀😀😀😀": dns(3) },
  links: [link("ウェブサーバー東京一号 -> имя-сервера"), link("ウェブサーバー東京一号 -> 😀😀😀😀😀😀😀😀")],
};

describe.each(Object.entries(families))("in %s", (_family, family) => {
  test.each(images)("[U] each text stays in its box and covers no other: %s", async (_name, image) => {
    expect(misplacedTexts(await image(), family)).toEqual([]);
  });

  test("[U] text that is too wide for its box is noticed", async () => {
    const image = (await renderTopology(direct, "svg")).replace(/>ns1</g, ">a-much-longer-name<");
    expect(misplacedTexts(image, family)).toContain("a-much-longer-name leaves its box");
  });

  test("[U] text is in the middle of its box", async () => {
    const image = await renderTopology(direct, "svg");
    const middles = (name: RegExp): number[] =>
      textsOf(image, family)
        .filter(({ text }) => name.test(text))
        .map(({ left, right }) => (left + right) / 2);
    for (const [name, kind] of [
      [/^web\d$/, /^cPanel/],
      [/^ns\d$/, /^DNSOnly$/],
    ] as const) {
      expect(middles(name)).toEqual(middles(kind).map((middle) => expect.closeTo(middle, 1) as number));
    }
  });
});

test.each([
  ["3 servers", direct],
  ["12 servers", linkedDirectly(12)],
  ["60 servers", linkedDirectly(60)],
  ["60 servers in four regions", fourRegions()],
])("[U] the legend is smaller than the drawing: %s", async (_name, topology) => {
  const image = await renderTopology(topology, "svg");
  const [paper] = areasOf(image);
  const tops = textsOf(image, families["DejaVu Sans"]!).map(({ top }) => top);
  // The legend is the label of the whole and comes first, before the title.
  const legend = tops.slice(0, tops.indexOf(Math.min(...tops)));
  expect(legend.length).toBeGreaterThan(4);
  expect(paper!.bottom - Math.min(...legend)).toBeLessThan((paper!.bottom - paper!.top) / 3);
});

test("[U] web servers stand in one column, also where some feed a nameserver behind an intermediary", async () => {
  const image = await renderTopology(meshedRegions(), "svg");
  const names = textsOf(image, families["DejaVu Sans"]!).filter(({ text }) =>
    /^\w+-(?:web|ns)\d+$/.test(text),
  );
  const middles = (kind: string): number[] =>
    names.filter(({ text }) => text.includes(kind)).map(({ left, right }) => (left + right) / 2);
  expect(middles("-web").length).toBeGreaterThan(20);
  expect(Math.max(...middles("-web")) - Math.min(...middles("-web"))).toBeLessThan(1);
  expect(Math.max(...middles("-web"))).toBeLessThan(Math.min(...middles("-ns")));
});
