/** Whether a version of three numbers is another one or later. Ignores what follows the numbers. */
export function isAtLeast(version: string, oldest: string): boolean {
  const [present, needed] = [numbersOf(version), numbersOf(oldest)];
  const at = needed.findIndex((number, index) => number !== present[index]);
  return at < 0 || (present[at] ?? 0) > (needed[at] ?? 0);
}

function numbersOf(version: string): number[] {
  return (/\d+(\.\d+)*/.exec(version)?.[0] ?? "").split(".").map(Number);
}
