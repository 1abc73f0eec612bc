import { renderComparison, renderTopology } from "../../provider/topology";
import { cpanelNameserver, direct, dns, link, primary, web } from "./builders";

// What stands where in an image follows from its DOT, which the drawings compare exactly.

const mixed = {
  servers: { web1: web(10), web2: web(11), ns1: cpanelNameserver(53, { intermediary: true }), ns2: dns(54) },
  links: [
    link("web1 -> ns1"),
    link("web2 -> ns1", "write-only"),
    link("ns1 -> ns2"),
    link("ns2 -> web1", "standalone"),
    link("ns2 -> web2"),
    link("web1 -> nobody"),
  ],
};

/** Each text of an image, in the order in which they are drawn. */
function wordsOf(image: string): string[] {
  const texts = [...image.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => text);
  return texts.map((text) =>
    text
      .replace(/&#160;/g, " ")
      .replace(/&#45;/g, "-")
      .replace(/&gt;/g, ">")
      .replace(/&amp;/g, "&"),
  );
}

/** The texts of an image, from top to bottom. */
function byHeight(image: string): string {
  const heightOf = (text: string): number => Number(/ y="([^"]*)"/.exec(text)?.[1]);
  const texts = image.match(/<text[^>]*>[^<]*<\/text>/g) ?? [];
  return [...texts].sort((one, other) => heightOf(one) - heightOf(other)).join("");
}

describe("the SVG image", () => {
  test("[U] contains name, kind, role, slow-down, findings and legend as text", async () => {
    const words = wordsOf(await renderTopology(mixed, "svg"));
    expect(words).toEqual(
      expect.arrayContaining([
        "web1",
        "cPanel & WHM, nameserver, intermediary",
        "sync",
        "write-only",
        "standalone",
        "trusts",
        "about 3 times slower from web1 and web2",
        "error sync-back",
        "warning write-only-duplicates",
        "not declared",
      ]),
    );
    // The legend is the label of the whole, which Graphviz draws before the title.
    expect(
      words.slice(
        0,
        words.findIndex((word) => word.startsWith("Primary nameserver")),
      ),
    ).toEqual(
      expect.arrayContaining([
        "web server",
        "nameserver",
        "intermediary",
        "sync: sends zones, checks existing ones",
        "write-only: sends zones unchecked",
        "standalone: an entry, no zones",
        "trusts: an entry for reverse trust, no zones",
        "rejects the plan",
        "is shown and passes",
      ]),
    );
  });

  test("[U] marks the changes of a comparison with signs", async () => {
    const words = wordsOf(await renderComparison(direct, mixed, "svg"));
    expect(words).toEqual(expect.arrayContaining(["~ ns1", "+ sync", "- sync", "~ sync => write-only"]));
  });

  test("[U] has a title with shape, size, verdict and changes", async () => {
    const titleOf = (image: string): string[] =>
      wordsOf(image.slice(image.indexOf('class="cluster"'))).slice(0, 4);
    expect(titleOf(await renderTopology(direct, "svg"))).toEqual(
      expect.arrayContaining(["Direct links (2 web servers, 2 nameservers)", "accepted"]),
    );
    const changed = await renderComparison(direct, mixed, "svg");
    expect(titleOf(changed)).toEqual(
      expect.arrayContaining([
        "Primary nameserver as intermediary (2 web servers, 2 nameservers)",
        "rejected, 3 errors, 5 warnings",
        "5 added, 2 removed, 2 changed",
      ]),
    );
    expect(changed).toContain(
      "<title>Primary nameserver as intermediary (2 web servers, 2 nameservers)</title>",
    );
  });

  test("[U] has the boxes of a small cluster in reading order, from top to bottom", async () => {
    const names = ["web1", "web2", "web3", "web9", "web10", "web11"];
    const small = {
      servers: {
        ...Object.fromEntries(names.map((name, index) => [name, web(index)])),
        ns1: dns(53),
        ns2: dns(54),
      },
      links: names.flatMap((name) => [link(`${name} -> ns1`), link(`${name} -> ns2`)]),
    };
    const drawn = wordsOf(byHeight(await renderTopology(small, "svg"))).filter((word) =>
      /^(web|ns)\d+$/.test(word),
    );
    expect(drawn.filter((word) => names.includes(word))).toEqual(names);
    expect(drawn.filter((word) => !names.includes(word))).toEqual(["ns1", "ns2"]);
  });

  test("[U] is complete and reproducible, and names fonts for every system", async () => {
    const image = await renderTopology(primary, "svg");
    expect(image).toMatch(/^<\?xml[^]*<svg[^]*<\/svg>\s*$/);
    expect(image).toBe(await renderTopology(primary, "svg"));
    expect(new Set(image.match(/font-family="[^"]*"/g))).toEqual(
      new Set(['font-family="Verdana,DejaVu Sans,Helvetica,Arial,sans-serif"']),
    );
  });
});

describe("the theme of an image", () => {
  /** Colours in the drawing itself, without those in its style sheet. */
  const coloursIn = (image: string): string[] => [
    ...new Set([...image.matchAll(/(?:fill|stroke)="(#[^"]*)"/g)].map(([, colour = ""]) => colour)),
  ];

  test("[U] follows the system by default, with a dark colour for every light one", async () => {
    const image = await renderComparison(direct, mixed, "svg");
    expect(image).toBe(await renderComparison(direct, mixed, "svg", "auto"));
    expect(image.match(/@media \(prefers-color-scheme: dark\)/g)).toHaveLength(1);
    for (const colour of coloursIn(image.replace(/<style>[^]*<\/style>/, ""))) {
      expect(image).toMatch(
        new RegExp(`\\[(fill|stroke)="${colour}"\\] \\{ \\1: #(?!${colour.slice(1)})[0-9a-f]{6}; \\}`),
      );
    }
  });

  test("[U] keeps its style sheet to the image", async () => {
    const image = await renderTopology(mixed, "svg");
    const [, rules = ""] = /dark\) \{\n([^]*?)\n\}/.exec(image) ?? [];
    for (const rule of rules.split("\n")) expect(rule).toMatch(/^ {2}\.whm-dns-drawing \[/);
    expect(image).toContain('<svg class="whm-dns-drawing"');
  });

  test("[U] light or dark has no style sheet", async () => {
    const [auto, light, dark] = await Promise.all(
      (["auto", "light", "dark"] as const).map((theme) => renderTopology(mixed, "svg", theme)),
    );
    expect(light).toBe(auto!.replace(/ class="whm-dns-drawing"|\n<style>[^]*<\/style>/g, ""));
    expect(dark).not.toContain("<style>");
    expect(wordsOf(dark!)).toEqual(wordsOf(light!));
    expect(coloursIn(dark!).filter((colour) => coloursIn(light!).includes(colour))).toEqual([]);
    expect(coloursIn(dark!)).toHaveLength(coloursIn(light!).length);
  });

  test("[U] colours many arrows by the box that they start at, and changes by what they are", async () => {
    const names = ["web1", "web2", "web3", "web4"];
    const many = {
      servers: { ...Object.fromEntries(names.map((name, index) => [name, web(index)])), ...direct.servers },
      links: names.flatMap((name) => [link(`${name} -> ns1`), link(`${name} -> ns2`)]),
    };
    const image = await renderTopology(many, "svg");
    for (const name of names) {
      const colour = lineColour(image, name);
      expect([`${name}&#45;&gt;ns1`, `${name}&#45;&gt;ns2`].map((title) => lineColour(image, title))).toEqual(
        [colour, colour],
      );
    }
    expect(new Set(names.map((name) => lineColour(image, name))).size).toBe(4);
    const compared = await renderComparison(direct, many, "svg");
    expect(lineColour(compared, "web1&#45;&gt;ns1")).toBe("#37474f");
    expect(lineColour(compared, "web3&#45;&gt;ns1")).toBe("#047857");
  });
});

/** The colour of the first line of a box or an arrow. */
function lineColour(image: string, title: string): string | undefined {
  return new RegExp(`<title>${title}</title>[^]*?stroke="(#[^"]*)"`).exec(image)?.[1];
}
