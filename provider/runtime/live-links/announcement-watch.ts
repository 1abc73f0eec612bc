import type { AnnouncedBy } from "./find-live-links";

/** Milliseconds without a sign of life after which the run behind an announcement counts as gone. */
export const silence = 45_000;

/** Watches announcements by this machine's own clock, so that two clocks are never compared. */
export class AnnouncementWatch {
  private readonly seen = new Map<string, { sign: string; since: number; hasMoved: boolean }>();

  look(announced: readonly AnnouncedBy[]): void {
    for (const each of announced) {
      const before = this.seen.get(keyOf(each));
      if (before?.sign === each.sign) continue;
      this.seen.set(keyOf(each), {
        sign: each.sign,
        since: performance.now(),
        hasMoved: before !== undefined,
      });
    }
  }

  /** Whether an announcement has shown a sign of life while it was watched. */
  isAlive(announced: AnnouncedBy): boolean {
    return this.seen.get(keyOf(announced))?.hasMoved === true;
  }

  isDead(announced: AnnouncedBy): boolean {
    const since = this.seen.get(keyOf(announced))?.since;
    return since !== undefined && performance.now() - since >= silence;
  }
}

function keyOf({ id, from }: AnnouncedBy): string {
  return `${from} ${id}`;
}
