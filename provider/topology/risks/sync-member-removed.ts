import type { Risk } from "./risk";
import { aboutLink } from "../judge/raw-findings";

/** A link with the role `sync` is removed. */
export const syncMemberRemoved: Risk = {
  id: "sync-member-removed",
  severity: "warning",
  summary: "A link with the role sync is removed.",
  consequence: "Zones that are changed from now on differ between the two.",
  check: ({ change: { removed } }) =>
    removed
      .filter(({ role }) => role === "sync")
      .map((link) =>
        aboutLink(
          link,
          `${link.from} -> ${link.to} (sync) is removed.`,
          `Take the NS records that name ${link.to} out of the zones first.`,
        ),
      ),
};
