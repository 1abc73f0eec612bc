import { existsSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { anchorsOf, linksOf, markdownPages, root, textOf } from "./helpers/markdown-pages";

// A page that leads nowhere is found here and not by a reader. Links out of the repository are not followed.

const pages = markdownPages();

describe("links in Markdown files", () => {
  test("[U] each lead to a file and a heading of the repository, or are a complete address", () => {
    const broken = pages.flatMap((page) =>
      linksOf(textOf(page)).flatMap((target) => {
        const problem = problemOf(page, target);
        return problem === undefined ? [] : [`${page}: ${target}: ${problem}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  test("[U] lead from docs/README.md to every page of docs", () => {
    const reached = reachedFrom("docs/README.md");
    expect(pages.filter((page) => page.startsWith("docs/") && !reached.has(page))).toEqual([]);
  });

  test.each([
    ["nowhere.md", "there is no such file"],
    ["README.md#nothing", "the page has no such heading"],
    ["#nothing", "the page has no such heading"],
    ["/README.md", "a link from the root leads elsewhere on every host"],
    ["../outside.md", "it leads out of the repository"],
    ["https://", "no whole address"],
    ["https://example.com/a", undefined],
    ["docs", undefined],
    ["CONTRIBUTING.md#the-house", undefined],
  ])("[U] are judged for %s in the README: %s", (target, problem) => {
    expect(problemOf("README.md", target)).toBe(problem);
  });

  test("[U] name headings as GitHub names them", () => {
    const page =
      "# The `api` of ns1, and more\n## A [link](x.md) & code\n## Same\n## Same\n```sh\n# no heading\n```\n";
    expect([...anchorsOf(page)]).toEqual(["the-api-of-ns1-and-more", "a-link--code", "same", "same-1"]);
  });

  test("[U] are ignored inside code", () => {
    expect(linksOf("[a](a.md) `[b](b.md)` [`c`](c.md)\n```\n[d](d.md)\n```\n[e]: e.md")).toEqual([
      "a.md",
      "c.md",
      "e.md",
    ]);
  });
});

function problemOf(page: string, target: string): string | undefined {
  if (/^[a-z]+:/i.test(target)) return URL.canParse(target) ? undefined : "no whole address";
  if (target.startsWith("/")) return "a link from the root leads elsewhere on every host";
  const [path = "", heading] = decodeURI(target).split("#");
  const file = path === "" ? page : join(dirname(page), path);
  if (file.startsWith("..")) return "it leads out of the repository";
  if (!existsSync(join(root, file))) return "there is no such file";
  if (heading === undefined || anchorsOf(textOf(file)).has(heading)) return undefined;
  return "the page has no such heading";
}

function reachedFrom(page: string, reached = new Set<string>()): Set<string> {
  if (reached.has(page)) return reached;
  reached.add(page);
  for (const target of linksOf(textOf(page))) {
    const [path = ""] = target.split("#");
    const file = relative(root, join(root, dirname(page), path));
    if (path.endsWith(".md") && existsSync(join(root, file)) && statSync(join(root, file)).isFile()) {
      reachedFrom(file, reached);
    }
  }
  return reached;
}
