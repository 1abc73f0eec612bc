import type { TopologyInput } from "../../provider/schema/topology";
import { renderTopology } from "../../provider/topology";
import { cpanelNameserver, direct, directWith, dns, link, links, primary, web } from "./builders";

/** Each text of an image, in the order in which they are drawn. */
async function wordsOf(topology: TopologyInput): Promise<string[]> {
  const image = await renderTopology(topology, "svg");
  return [...image.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => plain(text));
}

function plain(text: string): string {
  return text
    .replace(/&#160;/g, " ")
    .replace(/&#45;/g, "-")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}

const mixed: TopologyInput = {
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

describe("the SVG image", () => {
  test("[U] says name, kind, role, slow-down and findings in words", async () => {
    const words = await wordsOf(mixed);
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
  });

  test("[U] explains in its legend what it uses", async () => {
    const words = await wordsOf(mixed);
    const legend = words.slice(words.indexOf("legend"));
    expect(legend).toEqual(
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

  test("[U] explains nothing that it does not use", async () => {
    const words = (await wordsOf(direct)).join("\n");
    for (const unused of [
      "intermediary",
      "write-only",
      "standalone",
      "trusts",
      "not declared",
      "error",
      "warning",
    ]) {
      expect(words).not.toContain(unused);
    }
  });

  test("[U] tells kinds apart by shape, intermediaries by a second border, roles by the line", () => {
    const text = renderTopology(mixed, "dot");
    expect(text).toMatch(/"web1" \[.*style="filled", fillcolor="#dbeafe"/);
    expect(text).toMatch(/"ns1" \[.*style="filled,rounded", fillcolor="#dcfce7".*peripheries=2\]/);
    expect(text).toMatch(/"nobody" \[.*style="filled,dashed"/);
    expect(text).toMatch(/"web2" -> "ns1" \[.*style=dashed, arrowhead=empty/);
    expect(text).toMatch(/"ns2" -> "web1" \[.*style=dotted, arrowhead=vee/);
    expect(text).toMatch(/"ns1" -> "web1" \[.*style=dotted, arrowhead=diamond/);
  });

  test("[U] colours an error red and a warning brown, on the line and at the server", () => {
    const text = renderTopology(
      directWith({
        links: [
          ...links("web1 -> ns1", "web2 -> ns1"),
          link("web1 -> ns2", "write-only"),
          link("ns2 -> web2"),
        ],
      }),
      "dot",
    );
    expect(text).toMatch(/"ns2" -> "web2" \[.*error sync-back.*color="#c0392b", penwidth=2.5/);
    expect(text).toMatch(/"web1" -> "ns2" \[.*warning write-only-duplicates.*color="#9a6700", penwidth=2.5/);
    expect(text).toMatch(/"web2" \[.*warning cpanel-nameserver.*color="#9a6700", penwidth=2.5/);
  });

  test.each([
    "quotes \" and ' and `",
    "<b>&amp;</b>",
    "back\\slash \\N \\G \\l",
    "名前サーバー",
    "constructor",
    "__proto__ ",
    "toString",
    "n".repeat(300),
    "--> [x] |y| {z};",
  ])("[U] shows a server called %s as it is", async (name) => {
    const topology = {
      servers: Object.fromEntries([
        [name, web(1)],
        ["ns1", dns(2)],
      ]),
      links: [{ from: name, to: "ns1", role: "sync" as const }],
    };
    expect((await wordsOf(topology)).join("")).toContain(name.slice(0, 44));
    expect((await wordsOf(topology)).join("")).toContain(name.slice(-20));
  });

  test("[U] of nothing holds what the rules say of it", async () => {
    expect(await wordsOf({ servers: {} })).toEqual(
      expect.arrayContaining(["error two-servers", "error cpanel-present", "rejects the plan"]),
    );
  });

  test("[U] of a primary nameserver is the same every time", async () => {
    expect(await renderTopology(primary, "svg")).toBe(await renderTopology(primary, "svg"));
  });
});
