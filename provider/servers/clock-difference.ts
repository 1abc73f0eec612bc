/**
 * Returns by how many seconds a clock was ahead when it was read at an unknown moment of a period; 0 if it fits.
 *
 * @param shown milliseconds that the clock showed, in whole seconds
 */
export function secondsAhead(shown: number, from: number, to: number): number {
  if (shown > to) return Math.round((shown - to) / 1000);
  const latest = shown + 999;
  return latest < from ? -Math.round((from - latest) / 1000) : 0;
}
