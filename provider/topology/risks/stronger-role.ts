import { aboutLink } from "../judge/raw-findings";
import { listText } from "../report/words";
import type { Risk } from "./risk";

/** A standalone link becomes `sync` or `write-only`, and a server at its ends serves zones already. */
export const strongerRole: Risk = {
  id: "stronger-role",
  severity: "warning",
  summary: "A standalone link begins to feed, and a server at its ends sends or receives zones already.",
  consequence: "A zone that exists on both servers is overwritten on one of them.",
  check: ({ change: { changed, serving } }) =>
    changed.flatMap(({ before, after }) => {
      const { from, to, role } = after;
      const ends = [from, to].filter((name) => serving.has(name));
      if (before.role !== "standalone" || ends.length === 0) return [];
      const who = `${listText(ends)} ${ends.length === 1 ? "serves" : "serve"} zones already`;
      const problem = `${from} -> ${to} changes from standalone to ${role}, and ${who}.`;
      return [aboutLink(after, problem, `Compare the zones of ${from} and ${to} first.`)];
    }),
};
