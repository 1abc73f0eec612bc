import type { CommandResult } from "../helpers/run-command";

/** What a run that was rejected must have said and left. */
export interface Expectation {
  /** The rules that its errors name, and no others; none when it is refused in other words. */
  rules: readonly string[];
  /** What has been written on servers. */
  writes: readonly string[];
  /** Whether every file of every server is as it was. */
  unchanged: boolean;
}

/** What is wrong with a run that ought to have been rejected before anything was written; nothing when all is well. */
export function problemsOf(run: CommandResult, { rules, writes, unchanged }: Expectation): string[] {
  return [
    ...problemsOfText(run, rules),
    ...(writes.length > 0 ? [`wrote ${writes.join(", ")}`] : []),
    ...(unchanged ? [] : ["files have changed"]),
  ];
}

/** The same for what it says alone. */
export function problemsOfText({ code, stdout, stderr }: CommandResult, rules: readonly string[]): string[] {
  const printed = stdout + stderr;
  const found = errorRules(printed);
  return [
    ...(code === 0 ? ["exit code 0"] : []),
    ...(rules.length === 0 || /rejected/.test(printed) ? [] : ["no headline"]),
    ...rules.filter((rule) => !found.includes(rule)).map((rule) => `no finding of ${rule}`),
    ...found.filter((rule) => !rules.includes(rule)).map((rule) => `a finding of ${rule}`),
    ...(/^\s+at .*[(:]/m.test(printed) ? ["a stack trace"] : []),
  ];
}

/** The rules of all errors in a text, each once. */
export function errorRules(printed: string): string[] {
  const lines = printed.matchAll(/^\s*error: .* \[([a-z-]+)\]$/gm);
  return [...new Set([...lines].map((line) => line[1]!))].sort();
}
