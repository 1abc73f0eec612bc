import type { Finding } from "./finding";

/** Findings that are not among others. */
export function findingsBeyond(known: readonly Finding[], findings: readonly Finding[]): Finding[] {
  const texts = new Set(known.map((finding) => JSON.stringify(finding)));
  return findings.filter((finding) => !texts.has(JSON.stringify(finding)));
}
