import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { readTopologyFile } from "../provider/cli/read-topology-file";
import { rules } from "../provider/topology";
import { rulesPage } from "../script/docs/rules-page";

const docs = resolve(__dirname, "../docs");
const examples = readdirSync(join(docs, "rules"));

describe("docs/rules.md", () => {
  test("[U] equals what `npm run docs` generates from the rules and their examples", () => {
    expect(readFileSync(join(docs, "rules.md"), "utf8")).toBe(rulesPage());
  });

  test("[U] has exactly one example for each rule", () => {
    expect(examples.sort()).toEqual(rules.map(({ id }) => `${id}.yaml`).sort());
  });

  test.each(rules)(
    "[U] has an example of $id that breaks it when the command line reads it",
    async ({ id, severity }) => {
      const file = join(docs, "rules", `${id}.yaml`);
      const { findings } = await readTopologyFile(file, { input: Readable.from([]) });
      expect(findings).toContainEqual(expect.objectContaining({ rule: id, severity }));
    },
  );

  test.each(rules)(
    "[U] explains for $id what it rejects, why, with which source, and how to override it",
    (rule) => {
      const [, story = ""] = rulesPage().split(`\n## ${rule.id}\n`);
      const [section = ""] = story.split("\n## ");
      expect(section).toContain(rule.summary);
      expect(section).toContain(`**Consequence.** ${rule.consequence}`);
      expect(section).toContain(`**Source.** ${rule.source}.`);
      for (const line of rule.guide) expect(section).toMatch(new RegExp(`^- ${line}: \\S.{20}`, "m"));
      expect(section).toContain(` [${rule.id}]\n`);
      expect(section).toContain("```mermaid\nflowchart LR\n");
      expect(section).toContain(rule.fixed ? "the rule is fixed" : `rules:\n  ${rule.id}: { severity: `);
    },
  );
});
