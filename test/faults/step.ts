import type { JournalEntry } from "../../provider/simulator";

/** A step of a run. Steps that run side by side change places, so that it is known by what it is and not by its place. */
export interface Step {
  entry: JournalEntry;
  /** How many like it have come in the run, itself among them. */
  occurrence: number;
}

export function stepsIn(entries: readonly JournalEntry[]): Step[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const occurrence = (seen.get(kindOf(entry)) ?? 0) + 1;
    seen.set(kindOf(entry), occurrence);
    return { entry, occurrence };
  });
}

/** The steps of a run that another one does not have. */
export function stepsMissingIn(others: readonly Step[], steps: readonly Step[]): Step[] {
  const names = new Set(others.map(nameOf));
  return steps.filter((step) => !names.has(nameOf(step)));
}

/** Tells the entry that is this step from all those that come before it in a run. */
export function recognise({ entry, occurrence }: Step): (other: JournalEntry) => boolean {
  let left = occurrence;
  return (other) => {
    if (kindOf(other) === kindOf(entry)) left -= 1;
    return left === 0;
  };
}

export function inWords({ entry: { server, door, operation, target } }: Step): string {
  return `${server} ${door} ${operation} ${target}`;
}

function nameOf({ entry, occurrence }: Step): string {
  return `${kindOf(entry)} ${occurrence}`;
}

/** Temporary files have other names in each run. */
function kindOf({ server, door, operation, target }: JournalEntry): string {
  const place = target.startsWith("/") ? target.replaceAll(/[0-9a-f-]{16,}/g, "*") : target;
  return [server, door, operation, place].join(" ");
}
