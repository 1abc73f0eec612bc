import type { JournalEntry } from "../../provider/simulator";
import type { Fault } from "./fault-list";
import type { Fixture } from "./fixture";
import { recognise, type Step } from "./step";

/** How a run with a fault went. */
export interface FaultyRun {
  error?: Error;
  entries: JournalEntry[];
  /** Whether the moment came at all. */
  hasCome: boolean;
  /** Milliseconds from the fault to the end. */
  rest: number;
  /** What came after the fault. */
  after: JournalEntry[];
}

/** Does some work, with a fault when a step comes; without one it falls before the work begins. */
export async function inject(
  fixture: Fixture,
  work: () => Promise<void>,
  moment: Step | undefined,
  fault: Fault,
): Promise<FaultyRun> {
  const run: FaultyRun = { entries: [], hasCome: false, rest: 0, after: [] };
  const ending = new AbortController();
  const isMoment = moment ? recognise(moment) : () => false;
  let [at, over] = [0, Promise.resolve()];
  const hit = (): void => {
    run.hasCome = true;
    at = performance.now();
    over = fixture.inject(fault, ending.signal);
  };
  const end = fixture.simulator.watch((entry) => {
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
