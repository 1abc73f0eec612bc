// Small pieces of text that findings and drawings share.

/** Longer paths are shortened in the middle: a chain of hundreds of servers would dominate the report. */
export const shownNames = 10;

/**
 * Formats a path as `a -> b -> c`, and leaves out the middle of a very long one.
 *
 * @param length number of names on the path, if its middle is already left out of `names`
 */
export function pathText(names: readonly string[], length = names.length): string {
  if (length <= shownNames) return names.join(" -> ");
  const left = names.slice(0, shownNames / 2);
  const right = names.slice(-shownNames / 2);
  return [...left, `(${length - shownNames} more)`, ...right].join(" -> ");
}

/** More names than this don't fit a line. */
const longestList = 8;

/** Formats a list as `a`, `a and b`, or `a, b and c`. Cuts a very long one. */
export function listText(words: readonly string[]): string {
  const shown = words.slice(0, longestList);
  const all = shown.length < words.length ? [...shown, `${words.length - shown.length} more`] : shown;
  if (all.length <= 1) return all[0] ?? "";
  return `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

/** Formats a count as `1 server` or `2 servers`. */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Returns by how much that many intermediaries slow a transfer down: `3`, `9`, then `3^10` for unwieldy numbers. */
export function slowdownText(intermediaries: number): string {
  return intermediaries < 8 ? String(3 ** intermediaries) : `3^${intermediaries}`;
}

/** Formats a time, in seconds since 1970. */
export function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

/** Sorts names with numbers in numeric order: web2 before web10. */
export function inReadingOrder(names: readonly string[]): string[] {
  return [...names].sort(compareAsRead);
}

/** Compares names with numbers in numeric order. */
export function compareAsRead(left: string, right: string): number {
  return compareText(readingKey(left), readingKey(right));
}

/** Returns a key that sorts names with numbers in numeric order. */
export function readingKey(name: string): string {
  return name.replace(/\d+/g, (digits) => digits.padStart(20, "0"));
}

/** Compares text by code unit: the same on every machine, whatever its language. */
export function compareText(left: string, right: string): number {
  if (left < right) return -1;
  return left > right ? 1 : 0;
}

/** Compares lists of names lexicographically. */
export function compareNames(left: readonly string[], right: readonly string[]): number {
  for (const [index, name] of left.entries()) {
    const other = right[index];
    if (name !== other) return other === undefined ? 1 : compareText(name, other);
  }
  return left.length - right.length;
}
