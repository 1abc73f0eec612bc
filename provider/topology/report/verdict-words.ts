import type { TopologyInput } from "../../schema/topology";
import { classify } from "../model/classify";
import type { Finding } from "../judge/finding";
import { isRejected } from "../judge/validate";
import { countText } from "./words";

/** Returns a verdict as a list of words: `rejected`, `shape direct`, `2 errors`, `1 warning`. */
export function verdictWords(
  topology: TopologyInput,
  findings: readonly Finding[],
): readonly [verdict: string, ...details: string[]] {
  const [verdict, ...counted] = outcomeWords(findings);
  return [verdict, `shape ${classify(topology) ?? "none"}`, ...counted];
}

/** Returns the same without the shape. */
export function outcomeWords(findings: readonly Finding[]): readonly [verdict: string, ...details: string[]] {
  return [isRejected(findings) ? "rejected" : "accepted", ...counts(findings)];
}

function counts(findings: readonly Finding[]): string[] {
  return (["error", "warning"] as const)
    .map((severity) => ({
      severity,
      count: findings.filter((finding) => finding.severity === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => countText(count, severity));
}
