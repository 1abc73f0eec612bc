import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { renderMarkdown } from "../../provider/topology";
import { markdownPage } from "../../provider/topology/render/markdown";
import { inWords } from "../../provider/topology/render/markdown";
import { direct, directWith, dns, links, web } from "./builders";

// A reader that lets everything through that GitHub and GitLab do: HTML, tables, and links that are not marked as such.
const reader = new MarkdownIt({ html: true, linkify: true });
// They link what begins with a scheme or with www, and leave every other host name as it is.
reader.linkify.set({ fuzzyLink: false }).add("www.", { validate: /^[^\s.]+\.[^\s]+/ });

const page = (topology = direct, before?: typeof direct): string =>
  renderMarkdown(topology, { name: "cluster.yaml", ...(before && { before }) });

const rejected = directWith({ links: [...direct.links!, ...links("ns1 -> web1")] });

describe("a page in Markdown", () => {
  test("[U] has a headline and a drawing, and no table, for an accepted topology", () => {
    expect(page()).toMatch(
      /^## cluster\.yaml: accepted, shape direct\n\n```mermaid\nflowchart LR\n[^]*\n```$/,
    );
  });

  test("[U] lists every finding of a rejected topology with its place, its consequence and the way out", () => {
    const [headline, head, , finding] = page(rejected).split(/\n+/);
    expect(headline).toMatch(/^## cluster\.yaml: rejected, shape direct, \d errors, \d warning/);
    expect(head).toBe("| severity | where | what goes wrong | the way out | rule |");
    expect(finding).toMatch(
      /^\| \*\*error\*\* \| ns1 -> web1 \| .* needless zones .* \| Remove the link, .* \| `sync-back` \|$/,
    );
  });

  test("[U] shows the reason of an override", () => {
    const rules = { "nameserver-link": { severity: "warning", reason: "moving | <b>house</b>" } } as const;
    const text = page(directWith({ links: [...direct.links!, ...links("ns1 -> ns2")], rules }));
    expect(text).toContain("(overridden: moving &#124; &#60;b>house&#60;/b>) |");
  });

  test("[U] lists and draws the changes since an earlier topology", () => {
    const text = page(rejected, direct);
    expect(text).toContain("\n\n1 added:\n\n```diff\n+ ns1 -> web1 (sync)\n```\n\n```mermaid\n");
    expect(text).toContain('-->|"sync (added)');
    expect(page(direct, direct)).toContain(
      "\n\nno change in servers, links, roles and trusts.\n\n```mermaid\n",
    );
  });

  test("[U] fits into a comment for any number of servers and findings", () => {
    const names = Array.from(
      { length: 300 },
      (_, index) => `web-server-number-${index}-of-${"x".repeat(40)}`,
    );
    const servers = Object.fromEntries(names.map((name, index) => [name, web(index % 250)]));
    const crowd = {
      servers,
      links: names.flatMap((name, index) => links(`${name} -> ${names[index + 1] ?? ""}x`)),
    };
    const text = page(crowd, direct);
    expect(text.length).toBeLessThan(55_000);
    expect(text).toMatch(/\nAnd \d+ more: `whm-dns validate` lists them all\.\n/);
    expect(text).toMatch(/\nAnd \d+ more: `whm-dns graph --before` lists them all\.\n/);
    expect(text).toContain("The drawing is too large for a comment.");
  });

  test.each([
    [500, "```mermaid"],
    [501, "The drawing is too large for a comment."],
  ])("[U] draws at most five hundred arrows in Mermaid: %i", (arrows, expected) => {
    const flowchart = ["flowchart LR", ...Array.from({ length: arrows }, () => "  s1 -->|sync| s2")].join(
      "\n",
    );
    expect(markdownPage({ headline: "accepted", findings: [], drawing: flowchart })).toContain(expected);
  });
});

describe("text in a page", () => {
  const hostile = [
    "<img src=x onerror=alert(1)>",
    "a | b | c",
    "[click](https://evil.example)",
    "![picture](x)",
    "https://evil.example and www.evil.example",
    "mailto:someone@evil.example",
    "`code` **bold** _slanted_ ~~gone~~",
    "two\nlines\n\n# a heading",
    "&lt;b&gt; &#60; \\<b> \\| \\",
    "<!-- a comment -->",
    "[a]: https://evil.example",
  ];

  test.each(hostile)("[U] is read as plain words: %j", (text) => {
    expect(shown(inWords(text))).toBe(text.replace(/\p{Cc}/gu, "?"));
  });

  test("[U] is read as plain words for any text", () => {
    const piece = fc.constantFrom(
      ...hostile,
      ..."\\`*_{}[]<>()#+-.!|~&@$%^\"':/= \n\tax1",
      "www.",
      "://",
      "GH-1",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("").trim();
        expect(shown(inWords(text))).toBe(text.replace(/\p{Cc}/gu, "?"));
      }),
    );
  });

  test.each([
    "@admin",
    "@org/team",
    "#12",
    "owner/repo#12",
    "!12",
    "$12",
    "%12",
    "~label",
    "&12",
    "^12",
    "GH-12",
    "[issue:12]",
  ])("[U] mentions nobody and refers to nothing with %s", (text) => {
    const [, sign, rest] = /^(.*?[@#!$%~&^[]|GH)(.*)$/.exec(text)!;
    expect(reader.renderInline(inWords(text))).toBe(reader.utils.escapeHtml(`${sign}\u200b${rest}`));
  });

  test("[U] contains no fence, directive or label end in the drawing and the changes", () => {
    const strange = '```\n</details>"]%%{init: {"theme": "dark"}}%% @admin';
    const servers = { ...direct.servers, [strange]: dns(99) };
    const tokens = reader.parse(page(directWith({ servers }), direct), {});
    expect(tokens.filter(({ type }) => type === "fence").map(({ info }) => info)).toEqual([
      "diff",
      "mermaid",
    ]);
    expect(tokens.filter(({ type }) => type === "html_block")).toEqual([]);
    expect(tokens.find(({ info }) => info === "mermaid")!.content).not.toContain("%%");
  });
});

/** What a reader of a table cell sees, when nothing in it is anything but text. */
function shown(cell: string): string {
  const [table] = [reader.parse(`| head | next |\n| --- | --- |\n| x${cell}x | next |`, {})];
  const cells = table.filter(({ type }) => type === "inline").slice(2);
  expect(cells.map(({ content }) => content)).toEqual([expect.any(String), "next"]);
  const pieces = cells[0]!.children!;
  expect(pieces.map(({ type }) => type).filter((type) => type !== "text" && type !== "text_special")).toEqual(
    [],
  );
  return pieces
    .map(({ content }) => content)
    .join("")
    .replaceAll("\u200b", "")
    .slice(1, -1);
}
