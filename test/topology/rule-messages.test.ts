import type { TopologyInput } from "../../provider/schema/topology";
import { rules, validateDeclared, validateTopology, type Finding } from "../../provider/topology";
import { ruleCases } from "./rule-cases";
import { ruleMessages } from "./rule-messages";
import { ruleVariants } from "./rule-variants";

function judge(topology: TopologyInput | TopologyInput[]): Finding[] {
  return Array.isArray(topology) ? validateDeclared(topology) : validateTopology(topology);
}

/** The servers of a finding, and its link where it has one. */
function placeOf({ servers, link }: Finding): string {
  return [servers.join(", "), ...(link ? [`${link.from} -> ${link.to}`] : [])].join(": ");
}

describe("the message of a rule", () => {
  test.each(rules)("[U] $id has the exact wording", ({ id, consequence }) => {
    const { rejected, twice } = ruleCases[id];
    const topologies = [rejected, twice, ruleVariants[id] ?? []];
    const findings = topologies.flatMap(judge).filter(({ rule }) => rule === id);
    expect(findings.map((finding) => [placeOf(finding), finding.message, finding.fix])).toEqual(
      ruleMessages[id].map(([place, problem, fix]) => [place, `${problem} ${consequence}`, fix]),
    );
  });
});
