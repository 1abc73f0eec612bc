import type { Finding } from "../judge/finding";
import { groupBy } from "../model/group-by";
import type { LinkEnds, Severity } from "../judge/rule";
import type { Drawing } from "./drawing-type";

/** Sorts findings by the place where a drawing shows them. */
export function markPlaces(
  findings: readonly Finding[],
): Pick<Drawing, "findingsOn" | "findingsOnTrust" | "findingsAt" | "overall"> {
  // A slow path concerns two servers and everything between them. Drawings describe it in their own words.
  const marked = findings.filter(({ rule }) => rule !== "intermediary-slowdown");
  const onLinks = byKey(
    marked.flatMap((finding) =>
      linksOf(finding).map(({ from, to }): Placed => [entryKey(from, to), finding]),
    ),
  );
  const atServers = byKey(
    marked.flatMap((finding) => serversOf(finding).map((server): Placed => [server, finding])),
  );
  const findingsOn: Drawing["findingsOn"] = (holder, about) => onLinks(entryKey(holder, about));
  return {
    findingsOn,
    // Findings on a link between the same two servers are drawn on the link, not on the trust beside it.
    findingsOnTrust: ({ server, peer }) => {
      const found = findingsOn(peer, server);
      const conflict = found.filter(({ rule }) => rule === "trust-link-conflict");
      return conflict.length > 0 ? conflict : found;
    },
    findingsAt: atServers,
    overall: marked.filter((finding) => linksOf(finding).length === 0 && serversOf(finding).length === 0),
  };
}

/** Summarises findings in a few words, each rule once: `error sync-back, warning token-scope (2)`. */
export function markText(findings: readonly Finding[]): string {
  return markTexts(findings).join(", ");
}

/** The same with one text for each rule. */
export function markTexts(findings: readonly Finding[]): string[] {
  return marksOf(findings).map(({ text }) => text);
}

/** A rule that found something at one place. */
export interface Mark {
  readonly severity: Severity;
  readonly text: string;
}

/** The same with severities. */
export function marksOf(findings: readonly Finding[]): Mark[] {
  const byRule = groupBy(findings, ({ severity, rule }) => `${severity} ${rule}`);
  return [...byRule].map(([mark, same]) => ({
    severity: same[0].severity,
    text: same.length > 1 ? `${mark} (${same.length})` : mark,
  }));
}

/** Returns the most serious severity among findings. */
export function worstOf(findings: readonly Finding[]): Severity | undefined {
  return findings.find(({ severity }) => severity === "error")?.severity ?? findings[0]?.severity;
}

/** Lists the links on which a finding is drawn. A circle is drawn on each of its links. */
function linksOf({ rule, servers, link }: Finding): LinkEnds[] {
  if (link) return [link];
  if (rule !== "feeding-cycle") return [];
  return servers.map((from, index) => ({ from, to: servers[(index + 1) % servers.length] ?? from }));
}

/** Rules whose finding applies to each server that it names. */
const aboutEach: readonly string[] = ["single-intermediary", "duplicate-server"];

/** Rules about what others do to one server, which the finding names last. */
const aboutLast: readonly string[] = ["write-only-competition"];

/** Rules about the cluster as a whole. */
const aboutCluster: readonly string[] = ["two-servers", "cpanel-present", "multiple-intermediaries-size"];

/** Lists the servers at which a finding is drawn. Most findings are about the first server that they name. */
function serversOf(finding: Finding): readonly string[] {
  const { rule, servers } = finding;
  if (linksOf(finding).length > 0 || aboutCluster.includes(rule)) return [];
  if (aboutEach.includes(rule)) return servers;
  return aboutLast.includes(rule) ? servers.slice(-1) : servers.slice(0, 1);
}

type Placed = readonly [key: string, finding: Finding];

function byKey(pairs: readonly Placed[]): (key: string) => readonly Finding[] {
  const groups = groupBy(pairs, ([key]) => key);
  return (key) => (groups.get(key) ?? []).map(([, finding]) => finding);
}

function entryKey(holder: string, about: string): string {
  return `${holder}\0${about}`;
}
