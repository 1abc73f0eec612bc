import { closest, distance } from "fastest-levenshtein";

/** Returns the known word that a misspelt one is like; undefined when it is like none. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(word.toLowerCase(), known);
  return distance(word.toLowerCase(), nearest.toLowerCase()) <= mostDifferences(word) ? nearest : undefined;
}

/** A word that differs in more than half of its letters would be a guess. */
function mostDifferences(word: string): number {
  return Math.max(1, word.length / 2);
}
