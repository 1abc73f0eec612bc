import { riskIds } from "../provider/schema/risks";
import { serverErrorCodes } from "../provider/servers";
import { differenceKinds, statusKinds } from "../provider/survey";
import { rules } from "../provider/topology";
import { anchorsOf, textOf } from "./helpers/markdown-pages";

// Whoever searches for what stands in brackets in a message finds what happened, why, and what to do.

const page = textOf("docs/errors.md");

describe("docs/errors.md", () => {
  const isCode = (heading: string): boolean => /^[a-z-]+$/.test(heading) && heading.includes("-");
  const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading!);
  const codes = new Set<string>(serverErrorCodes);

  test("[U] has exactly one section for each code", () => {
    const found = headings.filter((heading) => isCode(heading) || codes.has(heading));
    expect(found.sort()).toEqual([...serverErrorCodes].sort());
  });

  test.each(serverErrorCodes)(
    "[U] shows a message of %s and says what happened, why and what to do",
    (code) => {
      const section = sectionOf(page, code);
      expect(messagesIn(section)).toContainEqual(expect.stringContaining(`[${code}]. `));
      expectCompleteness(section);
    },
  );

  test("[U] shows messages with the code of their section only", () => {
    const others = serverErrorCodes.flatMap((code) => {
      const shown = messagesIn(sectionOf(page, code)).flatMap((message) => bracketed(message));
      return shown.filter((other) => codes.has(other) && other !== code);
    });
    expect(others).toEqual([]);
  });

  test("[U] leads to the pages of everything else that stands in brackets", () => {
    for (const target of ["rules.md", "risks.md", "audit.md#", "monitoring.md#"])
      expect(page).toContain(`](${target}`);
  });
});

describe("the other pages", () => {
  const rulesPage = anchorsOf(textOf("docs/rules.md"));

  test.each(rules)("[U] have a section for the rule $id", ({ id }) => {
    expect(rulesPage).toContain(id);
  });

  test.each(riskIds)("[U] have a section for the risk %s", (id) => {
    expectCompleteness(sectionOf(textOf("docs/risks.md"), id));
  });

  test.each([
    ["docs/audit.md", [...differenceKinds]],
    ["docs/monitoring.md", Object.keys(statusKinds)],
  ])("[U] have a row for each kind of %s", (page, kinds) => {
    const rows = [...textOf(page).matchAll(/^\| `([a-z-]+)` +\|.{20,}\|$/gm)].map(([, kind]) => kind);
    expect(kinds.filter((kind) => !rows.includes(kind))).toEqual([]);
  });
});

/** What stands under a heading, with smaller headings below it. */
function sectionOf(text: string, heading: string): string {
  const [, level = "", rest = ""] = new RegExp(`^(#+) ${heading}\n([^]*)`, "m").exec(text) ?? [];
  return rest.split(new RegExp(`^#{1,${level.length}} `, "m"))[0]!;
}

function messagesIn(section: string): string[] {
  return [...section.matchAll(/^```text\n([^]*?)^```$/gm)].map(([, message]) =>
    message!.replace(/\s+/g, " "),
  );
}

function bracketed(message: string): string[] {
  return [...message.matchAll(/\[([a-z-]+)\]/g)].map(([, word]) => word!);
}

function expectCompleteness(section: string): void {
  for (const part of ["What happened", "Why", "What to do"]) {
    expect(section).toMatch(new RegExp(`^\\*\\*${part}\\.\\*\\* \\S.{10}`, "m"));
  }
}
