/** Returns when a day or a time ends, in milliseconds since 1970. A day counts as a whole. */
export function endOf(until: string): number {
  const isDay = !until.includes("T");
  return Date.parse(until) + (isDay ? 24 * 3_600_000 : 0);
}
