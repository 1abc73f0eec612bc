import type { JournalEntry, Simulator } from "../../provider/simulator";

/** Changes through the API that were sent twice without a look at the server in between. */
export function blindlyRepeated(steps: readonly JournalEntry[]): string[] {
  return steps.flatMap((step, at) => {
    if (!step.write || !isCall(step)) return [];
    const later = steps.slice(at + 1).filter(({ server }) => server === step.server);
    const again = later.findIndex((each) => each.write && isCall(each) && isSame(each, step));
    if (again < 0 || later.slice(0, again).some((each) => isCall(each) && !each.write)) return [];
    return [`${step.operation} was sent twice without looking`];
  });
}

/** Secrets in what was said. */
export function leaked(
  { simulator }: { simulator: Simulator },
  texts: readonly string[],
  secrets: readonly string[],
): string[] {
  const own = Object.values(simulator.servers).flatMap(({ api, connection }) => [
    api?.token,
    connection?.privateKey,
  ]);
  const all = [...secrets, ...own].filter((secret) => typeof secret === "string");
  const text = texts.join("\n");
  const found = all.filter((secret) => text.includes(secret)).map(() => "a secret was printed");
  return /\n\s+at .*:\d+:\d+/.test(text) ? [...found, "a stack trace was printed"] : found;
}

function isCall({ door }: JournalEntry): boolean {
  return door === "api" || door === "exec";
}

function isSame(one: JournalEntry, other: JournalEntry): boolean {
  return one.operation === other.operation && one.target === other.target;
}
