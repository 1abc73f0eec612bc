import { listText } from "../report/words";
import type { RoleChange } from "./compare-change";
import type { Risk } from "./risk";

/** Share of the links that may be changed or removed at once. */
const usualShare = 0.3;

/** Number of links from which the share counts. */
const usualLinks = 10;

/**
 * A change reaches a large part of the links that are there. Adding links is no risk, and neither is a drain. The limits
 * are those of octoDNS for records.
 */
export const manyChanges: Risk = {
  id: "many-changes",
  severity: "error",
  summary: "More than 30 % of at least ten links are changed or removed.",
  consequence: "A mistake of this size stops zones on many servers at once.",
  check({ change: { before, removed, changed }, limits: { share = usualShare, links = usualLinks } }) {
    const total = before.links.length;
    const count = removed.length + changed.length;
    if (total < links || count <= share * total) return [];
    const what = [
      ...(removed.length > 0 ? [`removed: ${listText(removed.map(endsText))}`] : []),
      ...(changed.length > 0 ? [`changed: ${listText(changed.map(changeText))}`] : []),
    ];
    return [
      {
        servers: [],
        problem:
          `${count} of ${total} links are changed or removed (${percent(count / total)}), and at most ` +
          `${percent(share)} may be; ${what.join("; ")}.`,
        fix: "Change fewer links at once.",
      },
    ];
  },
};

function endsText({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${from} -> ${to}`;
}

function changeText({ before, after }: RoleChange): string {
  return `${endsText(before)} from ${before.role} to ${after.role}`;
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
