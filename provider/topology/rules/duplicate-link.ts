import { aboutLink, linkText, shared } from "../judge/raw-findings";
import { defineRule } from "../judge/rule";
import { endsKey } from "../model/ends-key";
import { listText } from "../report/words";

/**
 * A server stores another one once.
 *
 * WHM keeps one file for each member. Of two links with the same ends the last one written wins, and that may change
 * from run to run.
 *
 * Example: `web1 -> ns1` once as `sync` and once as `write-only`.
 * Source: WHM's member files.
 */
export const duplicateLink = defineRule({
  id: "duplicate-link",
  severity: "error",
  fixed: true,
  scope: "everything",
  guide: [],
  source: "How WHM stores members: one file for each address",
  summary: "Two links with the same from and to.",
  consequence: "WHM keeps one entry for each member, so whichever is written last wins.",
  example: "link web1 -> ns1 as sync and again as write-only",
  check({ links }) {
    return shared(links, endsKey).flatMap(([, same]) => {
      const [first] = same;
      if (!first) return [];
      const problem = `${first.from} -> ${first.to} is declared ${same.length} times: ${listText(same.map(linkText))}.`;
      return [aboutLink(first, problem, "Keep one of them.")];
    });
  },
});
