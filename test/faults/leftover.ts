import type { JournalEntry } from "../../provider/simulator";

/** What a blow cannot but leave behind: after the deletion, or until then. */
export interface Leftover {
  server: string;
  /** How the paths of what is left begin. */
  path: string;
  /** Whether the provider was killed, or a line has failed. */
  isKill: boolean;
  /** Whether a blow at this step leaves it, after those that have come before. */
  at: (entry: JournalEntry, before: readonly JournalEntry[]) => boolean;
  /** It goes with the next change or the deletion, and a refresh that finds nothing to change leaves it. */
  onlyAfterRefresh?: true;
  because: string;
}

/** Those problems of a cell that are nothing but this leftover are taken out. */
export function without({ server, path, onlyAfterRefresh }: Leftover, problems: readonly string[]): string[] {
  const place = `${server}:${path}`;
  const isLeft = (problem: string): boolean =>
    onlyAfterRefresh
      ? problem.startsWith(`after a refresh ${place}`)
      : problem.replace(/^after a refresh /, "").startsWith(`after the deletion ${place}`);
  return problems.filter((each) => !isLeft(each));
}
