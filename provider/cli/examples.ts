/** Formats the examples at the end of a command's help. */
export function examples(...lines: readonly string[]): string {
  return ["", "Examples:", ...lines.map((line) => `  whm-dns ${line}`)].join("\n");
}
