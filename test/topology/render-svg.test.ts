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
    expect(words.slice(words.indexOf("legend"))).toEqual(
      expect.arrayContaining([
        "web server",
        "nameserver",
        "intermediary",
        "sync: zones go this way, existing ones are checked",
        "write-only: zones go this way unchecked",
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

  test("[U] is complete and reproducible, and names fonts of the same widths for every system", async () => {
    const image = await renderTopology(primary, "svg");
    expect(image).toMatch(/^<\?xml[^]*<svg[^]*<\/svg>\s*$/);
    expect(image).toBe(await renderTopology(primary, "svg"));
    expect(new Set(image.match(/font-family="[^"]*"/g))).toEqual(
      new Set(['font-family="Arial,Helvetica,Liberation Sans,sans-serif"']),
    );
  });
});
