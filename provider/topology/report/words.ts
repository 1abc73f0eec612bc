// Small pieces of text that findings and drawings share.

/** Longer paths are shortened in the middle: a chain of hundreds of servers would drown the report. */
export const shownNames = 10;

/**
 * `a -> b -> c`; the middle of a very long path is left out.
 *
 * @param length how many names the path has, when its middle is left out of `names` already
 */
export function pathText(names: readonly string[], length = names.length): string {
  if (length <= shownNames) return names.join(" -> ");
  const left = names.slice(0, shownNames / 2);
  const right = names.slice(-shownNames / 2);
  return [...left, `(${length - shownNames} more)`, ...right].join(" -> ");
}

/** More names than this do not fit a line. */
const longestList = 8;

/** `a`, `a and b`, `a, b and c`; of a very long list only the beginning. */
export function listText(words: readonly string[]): string {
  const shown = words.slice(0, longestList);
  const all = shown.length < words.length ? [...shown, `${words.length - shown.length} more`] : shown;
  if (all.length <= 1) return all[0] ?? "";
  return `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

/** `1 server`, `2 servers`. */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** How much slower a transfer gets through so many intermediaries: `3`, `9`, then `3^10` where the number is unwieldy. */
export function slowdownText(intermediaries: number): string {
  return intermediaries < 8 ? String(3 ** intermediaries) : `3^${intermediaries}`;
}

/** Names as people count: web2 before web10. */
export function inReadingOrder(names: readonly string[]): string[] {
  return [...names].sort((left, right) => compareText(readingKey(left), readingKey(right)));
}

/** Orders names as people count. */
export function readingKey(name: string): string {
  return name.replace(/\d+/g, (digits) => digits.padStart(20, "0"));
}

/** Orders text by code unit: the same on every machine, whatever its language. */
export function compareText(left: string, right: string): number {
  if (left < right) return -1;
  return left > right ? 1 : 0;
}

/** Orders lists of names as dictionaries do. */
export function compareNames(left: readonly string[], right: readonly string[]): number {
  for (const [index, name] of left.entries()) {
    const other = right[index];
    if (name !== other) return other === undefined ? 1 : compareText(name, other);
  }
  return left.length - right.length;
}
