import { aboutLink, linkText } from "../judge/raw-findings";
import { defineRule } from "../judge/rule";

/**
 * A write-only link doesn't check before it writes.
 *
 * The guide warns that the role skips the check for existing zones, so that a domain can be made on several servers and
 * the copies overwrite each other.
 *
 * Example: `web1 -> ns1` as `write-only`.
 * Source: the guide's warning about the write-only role.
 */
export const writeOnlyDuplicates = defineRule({
  id: "write-only-duplicates",
  severity: "warning",
  fixed: false,
  scope: "cluster",
  guide: ["G3"],
  source: "Guide to DNS Cluster Configurations, warning about the write-only role",
  summary: "A write-only link, which does not check for existing zones.",
  consequence:
    "The same domain can come to exist on several servers, and a new zone can overwrite a live one.",
  example: "link web1 -> ns1 as write-only",
  check({ feedingLinks }) {
    return feedingLinks
      .filter(({ role }) => role === "write-only")
      .map(({ from, to, role }) => {
        const link = { from: from.name, to: to.name, role };
        const problem = `${linkText(link)} writes without a check for existing zones.`;
        return aboutLink(link, problem, "Use the role sync unless the target must not be read from.");
      });
  },
});
