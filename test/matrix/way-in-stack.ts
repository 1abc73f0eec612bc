import { isDeepStrictEqual } from "node:util";
import type { Simulator } from "../../provider/simulator";
import type { PulumiProject } from "../helpers/pulumi";
import type { CommandResult } from "../helpers/run-command";
import { allFiles, memberFile, writes } from "../helpers/server-files";
import type { Cell } from "./cell";
import { problemsOf } from "./judge-run";
import type { Plan } from "./plan";
import { programFiles } from "./program-files";
import { runInline } from "../helpers/run-inline";
import { matrixRules, servers, type MatrixRule } from "./topologies";
import type { WayIn } from "./ways-in";
import { overAccepted, waysOfApplying, type WayOfApplying } from "./ways-of-applying";

/** The title of the column of what is accepted. */
const control = "accepted: comes up";

const withoutGate =
  "The gate that asks the servers is left out and not there yet: the engine refuses, or the member's own check, in words of their own.";

/** The stack of one way in, with its servers. */
export class WayInStack {
  constructor(
    private readonly way: WayIn,
    private readonly simulator: Simulator,
    private readonly project: PulumiProject,
  ) {}

  /** @param rules those that are tried, by every way of applying */
  async allCells(rules: readonly MatrixRule[]): Promise<Cell[]> {
    const cells: Cell[] = [];
    for (const rule of rules) {
      for (const applying of waysOfApplying.filter((each) => each.rules?.includes(rule) ?? true))
        cells.push(await this.rejectedCell(rule, applying));
    }
    cells.push(await this.acceptedCell());
    for (const rule of rules) cells.push(await this.rejectedCell(rule, overAccepted));
    return cells;
  }

  private async rejectedCell(rule: MatrixRule, applying: WayOfApplying): Promise<Cell> {
    const place = { row: this.way.title, table: rule, column: applying.title };
    const note = this.whyNot(rule, applying);
    if (note !== undefined) return { ...place, note };
    const plan = { ...this.way.rejected(rule), unknownConnections: applying.unknownConnections === true };
    const before = allFiles(this.simulator);
    const run = await this.run(plan, applying);
    const unchanged = this.way.partial === true || isDeepStrictEqual(allFiles(this.simulator), before);
    const blind = applying.withoutGate === true && this.way.hidden?.(rule) === true;
    const expected = { rules: blind ? [] : [rule], writes: this.wrongWrites(plan), unchanged };
    const problems = this.withText(problemsOf(run, expected), run);
    return { ...place, problems, ...(blind && { note: withoutGate }) };
  }

  /** The same judgement must find fault with what is accepted, or it would find fault with nothing. */
  private async acceptedCell(): Promise<Cell> {
    const run = await this.run(this.way.accepted(), overAccepted);
    const written = writes(this.simulator);
    const seen = problemsOf(run, { rules: matrixRules, writes: written, unchanged: true });
    const problems = [
      ...(run.code === 0 ? [] : [`exit code ${run.code}`]),
      ...(written.length > 0 && seen.length > 1 ? [] : ["nothing was written"]),
    ];
    return { row: this.way.title, column: control, problems: this.withText(problems, run) };
  }

  private async run(plan: Plan, applying: WayOfApplying): Promise<CommandResult> {
    await this.project.write(programFiles(this.way.program, plan));
    this.simulator.clearJournal();
    return this.way.inline ? runInline(this.project, applying.inline!) : applying.run(this.project);
  }

  private whyNot(rule: MatrixRule, applying: WayOfApplying): string | undefined {
    if (this.way.inline && !applying.inline)
      return "An inline program is run by the Automation API alone: its `up` is the column of that name.";
    if (applying.offline && this.way.hidden?.(rule))
      return "Each stack is accepted by itself; a preview asks no server what the other stack has made.";
    return undefined;
  }

  /** In a partial way in everything else may be written; the entries that break the rule never. */
  private wrongWrites(plan: Plan): string[] {
    const all = writes(this.simulator);
    if (!this.way.partial) return all;
    const files = plan.last
      .filter(({ kind }) => kind === "link")
      .map(({ from, to }) => ({ server: String(from), file: memberFile(servers[String(to)]!.address!) }));
    return all.filter((line) =>
      files.some(({ server, file }) => line.startsWith(`${server} `) && line.includes(file)),
    );
  }

  private withText(problems: string[], { stdout, stderr }: CommandResult): string[] {
    return problems.length === 0 ? [] : [...problems, `it said:\n${stdout}${stderr}`];
  }
}
