/** Makes somebody's text harmless: one line without control characters, cut to a number of characters. */
export function shortText(text: string, longest: number): string {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
}
