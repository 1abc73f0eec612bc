import { isDeepStrictEqual } from "node:util";
import { startSimulator, type Simulator } from "../../provider/simulator";
import type { RuleId } from "../../provider/topology";
import { PulumiProject } from "../helpers/pulumi";
import { sampleOf } from "../helpers/sample";
import { allFiles, writes } from "../helpers/server-files";
import type { Cell } from "./cell";
import { clusterPlan, errorRules, linksPlan, rejectingRules, type Form } from "./every-rule";
import { whyNot } from "./in-process-cells";
import { inPool } from "./in-pool";
import { problemsOf } from "./judge-run";
import { programFiles } from "./program-files";
import { servers } from "./topologies";

const commands = [["preview"], ["up", "--yes", "--skip-preview"]];

/** So many rules are tried; all of them on request. */
const manyRules = 2;

/** Rules that reject, with the real engine: as a DnsCluster, or one by one where that cannot break the rule. */
export async function everyRuleCells(workers: number): Promise<Cell[]> {
  const rules = sampleOf(errorRules, manyRules);
  const shares = Array.from({ length: workers }, (_, share) =>
    rules.filter((_rule, index) => index % workers === share),
  );
  return (await inPool(workers, shares, cellsOf)).flat();
}

async function cellsOf(rules: readonly RuleId[]): Promise<Cell[]> {
  const simulator = await startSimulator({ servers });
  const project = await PulumiProject.create({
    program: programFiles("cluster", clusterPlan("sync-back")),
    secrets: { "whm:servers": JSON.stringify(simulator.servers) },
  });
  try {
    const cells: Cell[] = [];
    for (const rule of rules) cells.push(...(await cellsOfRule(rule, project, simulator)));
    return cells;
  } finally {
    await project.remove();
    await simulator.stop();
  }
}

async function cellsOfRule(rule: RuleId, project: PulumiProject, simulator: Simulator): Promise<Cell[]> {
  const form: Form = whyNot(rule, "cluster") === undefined ? "cluster" : "links";
  const note = whyNot(rule, form);
  const row = form === "cluster" ? rule : `${rule}, one by one`;
  if (note !== undefined) return commands.map((command) => ({ row, column: command.join(" "), note }));
  const plan = form === "cluster" ? clusterPlan(rule) : linksPlan(rule);
  await project.write(programFiles(form === "cluster" ? "cluster" : "in-order", plan));
  const cells: Cell[] = [];
  for (const command of commands) {
    const before = allFiles(simulator);
    const run = await project.run(command);
    const unchanged = isDeepStrictEqual(allFiles(simulator), before);
    const expected = { rules: rejectingRules(plan, form), writes: writes(simulator), unchanged };
    cells.push({ row, column: command.join(" "), problems: problemsOf(run, expected) });
  }
  return cells;
}
