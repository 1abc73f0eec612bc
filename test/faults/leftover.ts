import type { JournalEntry } from "../../provider/simulator";

/** What a blow cannot but leave behind after the deletion. */
export interface Leftover {
  server: string;
  /** How the paths of what is left begin. */
  path: string;
  /** Whether the provider was killed, or a line has failed. */
  isKill: boolean;
  /** Whether a blow at this step leaves it, after those that have come before. */
  at: (entry: JournalEntry, before: readonly JournalEntry[]) => boolean;
  because: string;
}

/** Those problems of a cell that are nothing but this leftover are taken out. */
export function without({ server, path }: Leftover, problems: readonly string[]): string[] {
  const isLeft = (problem: string): boolean =>
    problem.replace(/^after a refresh /, "").startsWith(`after the deletion ${server}:${path}`);
  return problems.filter((each) => !isLeft(each));
}
