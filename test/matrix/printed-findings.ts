/** One line of a rejection or warning, taken apart. */
export interface PrintedFinding {
  severity: string;
  /** The servers or the link that it concerns. */
  where: string;
  rule: string;
}

/** Every finding that a text shows, as often as it shows it. */
export function printedFindings(text: string): PrintedFinding[] {
  const lines = text.matchAll(/^\s*(error|warning): ([^:\n]+): .+\. .+ \[([a-z-]+)\]$/gm);
  return [...lines].map(([, severity, where, rule]) => ({ severity: severity!, where: where!, rule: rule! }));
}
