import type { Picture } from "../helpers/picture";
import { inPoolOf } from "../matrix/in-pool";
import type { Fixture } from "./fixture";
import { inWords, stepsMissingIn, type Step } from "./step";
import { runCleanly, type Scenario } from "./scenario-run";
import { actionsOf, firstContacts, type Action, type Subject } from "./subject";
import type { Attempt } from "./try-step";

/** A step to be tried, in the words of its row. */
export type Row = Omit<Attempt, "fault"> & {
  name: string;
  /** Whether the servers look after it as they have after no step before: a kill here is another one than those. */
  isTurn: boolean;
};

/** The steps come from the journals of runs without a fault: of each action on a fixture, of which some work at a time. */
export async function rowsOf(fixtures: readonly Fixture[], subject: Subject): Promise<Row[]> {
  const rows = await inPoolOf(fixtures, actionsOf(subject), (fixture, action) =>
    rowsOfAction(fixture, subject, action),
  );
  return rows.flat();
}

async function rowsOfAction(fixture: Fixture, subject: Subject, action: Action): Promise<Row[]> {
  const rows: Row[] = [];
  const seen = new Set<string>();
  let known: Step[] = [];
  for (const scenario of scenariosOf(subject, action)) {
    await runCleanly(fixture, scenario);
    const clean = await runCleanly(fixture, scenario);
    const title = scenario.isFirstContact ? `${action}, first contact` : action;
    stepsMissingIn(known, clean.steps).forEach((step, at) => {
      if (!isTried(subject, step)) return;
      const picture = withoutNumbers(clean.left[clean.steps.indexOf(step)]!);
      rows.push({
        scenario,
        clean,
        step,
        isTurn: !seen.has(picture),
        name: `${title} ${at + 1}: ${inWords(step)}`,
      });
      seen.add(picture);
    });
    known = clean.steps;
  }
  return rows;
}

/** A new name comes in a run of its own, which is a process of its own. */
function scenariosOf(subject: Subject, action: Action): Scenario[] {
  const [usual, first] = [false, true].map((isFirstContact) => ({ subject, action, isFirstContact }));
  if (action === "rename") return [first!];
  return firstContacts.includes(action) && subject.door === "https" ? [usual!, first!] : [usual!];
}

/** Temporary files have other names in each run. */
function withoutNumbers(picture: Picture): string {
  return JSON.stringify(picture).replaceAll(/[0-9a-f]{16}/g, "*");
}

/** Without an API in the settings its functions go over SSH; everything else is the same, and tried with one. */
function isTried({ door }: Subject, { entry }: Step): boolean {
  return door === "https" || entry.door === "exec";
}
