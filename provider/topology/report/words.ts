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

/** Compares names with numbers in numeric order. Of equal numbers, 01 comes before 1. */
export function compareAsRead(left: string, right: string): number {
  const start = startOfDifference(left, right);
  const [one, other] = [numberAt(left, start), numberAt(right, start)];
  // Without leading zeros, the longer number is the larger one.
  const bySize = one && other ? one.length - other.length || compareText(one, other) : 0;
  return bySize || compareText(left, right);
}

/** Returns where two texts begin to differ, or where a number begins that differs. */
function startOfDifference(left: string, right: string): number {
  let start = 0;
  while (start < left.length && left.charCodeAt(start) === right.charCodeAt(start)) start += 1;
  while (isDigit(left.charCodeAt(start - 1))) start -= 1;
  return start;
}

/** Returns the number at a place in a text, without leading zeros; nothing if there is none. */
function numberAt(text: string, start: number): string {
  let [first, end] = [start, start];
  while (isDigit(text.charCodeAt(end))) end += 1;
  while (first < end - 1 && text.charCodeAt(first) === zero) first += 1;
  return text.slice(first, end);
}

const [zero, nine] = ["0", "9"].map((digit) => digit.charCodeAt(0)) as [number, number];

function isDigit(code: number): boolean {
  return code >= zero && code <= nine;
}

/** Compares text by code unit: the same on every machine, whatever its language. */
export function compareText(left: string, right: string): number {
  if (left < right) return -1;
  return left > right ? 1 : 0;
}

/** Compares lists of names lexicographically, each name as it is read. */
export function compareNames(left: readonly string[], right: readonly string[]): number {
  for (const [index, name] of left.entries()) {
    const other = right[index];
    if (name !== other) return other === undefined ? 1 : compareAsRead(name, other);
  }
  return left.length - right.length;
}
