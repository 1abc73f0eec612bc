/** Whether a server has the declared version. A declared one may be only the beginning: 11.136 stands for all its builds. */
export function isVersion(actual: string, declared: string): boolean {
  const [there, wanted] = [numbersOf(actual), numbersOf(declared)];
  if (wanted.length === 0) return actual === declared;
  return wanted.every((number, at) => number === there[at]);
}

/** Returns the numbers of a version. The short form 136.0.5 stands for 11.136.0.5. */
function numbersOf(version: string): number[] {
  const numbers = [...version.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  return (numbers[0] ?? 0) >= 12 ? [11, ...numbers] : numbers;
}
