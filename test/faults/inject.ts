import type { JournalEntry } from "../../provider/simulator";
import type { Blow } from "./fault-list";
import type { Site } from "./site";
import { recognise, type Step } from "./step";

/** How a run went that was struck. */
export interface StruckRun {
  error?: Error;
  entries: JournalEntry[];
  /** Whether the moment came at all. */
  hasCome: boolean;
  /** Milliseconds from the blow to the end. */
  rest: number;
  /** What came after the blow. */
  after: JournalEntry[];
}

/** Does some work, with a blow when a step comes; without one it falls before the work begins. */
export async function strike(
  site: Site,
  work: () => Promise<void>,
  moment: Step | undefined,
  blow: Blow,
): Promise<StruckRun> {
  const run: StruckRun = { entries: [], hasCome: false, rest: 0, after: [] };
  const ending = new AbortController();
  const isMoment = moment ? recognise(moment) : () => false;
  let [at, over] = [0, Promise.resolve()];
  const hit = (): void => {
    run.hasCome = true;
    at = performance.now();
    over = site.strike(blow, ending.signal);
  };
  const end = site.simulator.watch((entry) => {
    run.entries.push(entry);
    if (run.hasCome) run.after.push(entry);
    else if (isMoment(entry)) hit();
  });
  if (!moment) hit();
  await work()
    .catch((error: unknown) => (run.error = error as Error))
    .finally(end);
  run.rest = performance.now() - at;
  ending.abort();
  await over;
  return run;
}
