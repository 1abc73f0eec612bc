import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TopologyInput } from "../../provider/schema/topology";
import {
  rules,
  validateDeclared,
  validateTopology,
  type Finding,
  type RuleId,
} from "../../provider/topology";
import { reversed } from "./builders";
import { ruleCases } from "./rule-cases";

const folder = join(__dirname, "../../provider/topology/rules");

function findingsOf(id: RuleId, topology: TopologyInput | TopologyInput[]): Finding[] {
  const all = Array.isArray(topology) ? validateDeclared(topology) : validateTopology(topology);
  return all.filter(({ rule }) => rule === id);
}

describe.each(rules)("$id", (rule) => {
  const cases = ruleCases[rule.id];

  test("[U] accepts a topology that is close to the fault", () => {
    expect(findingsOf(rule.id, cases.accepted)).toEqual([]);
  });

  test("[U] reports the fault once, with the table's severity and in complete sentences", () => {
    const findings = findingsOf(rule.id, cases.rejected);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ rule: rule.id, severity: rule.severity });
    expect(findings[0]?.servers.length).toBeGreaterThan(0);
    expect(findings[0]?.message).toMatch(/^\S.*[^.]\. .+[^.]\.$/);
    expect(findings[0]?.message).toContain(rule.consequence);
    expect(findings[0]?.fix).toMatch(/^[A-Z].*[^.]\.$/);
  });

  test("[U] reports two faults as two findings, in the same order for any order of the topology", () => {
    const findings = findingsOf(rule.id, cases.twice);
    expect(findings).toHaveLength(2);
    if (!Array.isArray(cases.twice)) expect(findingsOf(rule.id, reversed(cases.twice))).toEqual(findings);
  });

  test("[U] has a source, a summary, a consequence, an example and a doc comment of 3 to 10 lines", () => {
    for (const text of [rule.source, rule.summary, rule.consequence, rule.example]) {
      expect(text.trim().length).toBeGreaterThan(5);
    }
    const file = readFileSync(join(folder, `${rule.id}.ts`), "utf8");
    const comment = /\/\*\*\n((?: \*.*\n)+?) \*\/\nexport const \w+ = defineRule/.exec(file)?.[1] ?? "";
    const lines = comment.split("\n").filter((line) => line.trim() !== "*" && line !== "");
    expect(lines.length).toBeGreaterThanOrEqual(3);
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(comment).toMatch(/Example: /);
    expect(comment).toMatch(/Source: /);
  });
});

describe("the table of rules", () => {
  test("[U] contains every file of its folder once", () => {
    const files = readdirSync(folder).filter((name) => name !== "index.ts");
    expect(rules.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
  });

  test("[U] fixes no warning, so that every warning can be turned off", () => {
    expect(rules.filter(({ fixed, severity }) => fixed && severity === "warning")).toEqual([]);
  });

  test("[U] covers every line of the guide", () => {
    const guide = new Set<string>(rules.flatMap((rule) => rule.guide));
    expect([...guide].sort()).toEqual(["G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9"]);
  });
});
