import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { TopologyInput } from "../provider/schema/topology";
import { reportFindings, validateTopology } from "../provider/topology";
import { pictures } from "../script/docs/pictures";
import { terminalPicture } from "../script/docs/terminal-picture";
import { linksOf, markdownPages, root, textOf } from "./helpers/markdown-pages";

const folder = join(root, "docs/pictures");
const stored = (file: string): string => readFileSync(join(folder, file), "utf8");

describe("docs/pictures", () => {
  test("[U] holds the drawings that `npm run docs` makes of its topologies", async () => {
    const drawn = await pictures();
    expect([...drawn.keys()].sort()).toEqual(
      readdirSync(folder)
        .filter((file) => /-(light|dark)\.svg$/.test(file))
        .sort(),
    );
    for (const [file, image] of drawn) expect(stored(file)).toBe(image);
  });

  test("[U] shows the rejected plan with what the rules say today", () => {
    const { servers, links = [] } = parse(stored("cluster.yaml")) as TopologyInput;
    const topology = { servers, links: [...links, { from: "ns1", to: "web1", role: "sync" as const }] };
    const errors = validateTopology(topology).filter(({ severity }) => severity === "error");
    const report = reportFindings(errors, "The cluster prod is rejected", topology);
    expect(wordsIn(stored("rejected-plan.svg"))).toContain(report.replace(/\s+/g, " "));
  });

  test("[U] holds no image that no page shows", () => {
    const shown = markdownPages().flatMap((page) => [
      ...linksOf(textOf(page)),
      ...[...textOf(page).matchAll(/srcset="([^"]+)"/g)].map(([, target]) => target!),
    ]);
    const images = readdirSync(folder).filter((file) => file.endsWith(".svg"));
    expect(images.filter((file) => !shown.some((target) => target.endsWith(`pictures/${file}`)))).toEqual([]);
  });

  test.each(markdownPages())("[U] has every image for a dark page that %s names", (page) => {
    for (const [, target] of textOf(page).matchAll(/srcset="([^"]+)"/g)) {
      expect(existsSync(join(root, page, "..", target!))).toBe(true);
    }
  });
});

describe("the picture of a terminal", () => {
  test("[U] breaks long lines between words, indented as they are, and keeps colours", () => {
    const long = `    \u001b[38;5;1merror: \u001b[0m${"word ".repeat(30)}end\n`;
    const image = terminalPicture("pulumi preview", `\u001b[1mbold\u001b[0m <&>\n${long}\n\n`);
    const lines = [...image.matchAll(/<text [^>]*>(.*)<\/text>/g)].map(([, line]) => line);
    expect(lines).toEqual([
      '<tspan fill="#8b949e">$ </tspan>pulumi preview',
      '<tspan font-weight="bold">bold</tspan> &lt;&amp;&gt;',
      `    <tspan fill="#ff7b72">error: </tspan>${"word ".repeat(17)}word`,
      `    ${"word ".repeat(12)}end`,
    ]);
  });

  test("[U] has no line that is wider than its window", () => {
    const image = stored("rejected-plan.svg");
    const longest = Math.max(
      ...[...image.matchAll(/<text [^>]*>(.*)<\/text>/g)].map(([line]) => plain(line).length),
    );
    const [, width] = /<svg [^>]*width="(\d+)"/.exec(image)!;
    // Six tenths of the font's size: DejaVu Sans Mono, the widest of the usual monospaced fonts, needs 0.602.
    expect(20 + longest * 0.602 * 13).toBeLessThan(Number(width) - 10);
  });
});

/** The words of an image, as one line. */
function wordsIn(image: string): string {
  const lines = [...image.matchAll(/<text [^>]*>(.*)<\/text>/g)].map(([line]) => plain(line));
  return lines.join(" ").replace(/\s+/g, " ");
}

function plain(line: string): string {
  return line
    .replace(/<[^>]*>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}
