import type { Audit, Difference } from "../../survey";
import { compareAsRead, countText, listText } from "../../topology";

/** Returns all differences, by server. */
export function differencesOf({ elements }: Audit): Difference[] {
  const differences = elements.flatMap((element) => element.differences);
  return differences.sort((one, other) => compareAsRead(one.server, other.server));
}

/** Returns the data of `--json`. */
export function auditData(audit: Audit): object {
  const differences = differencesOf(audit).map(
    ({ server, peer, kind, declared, actual, message, fix }): Difference => ({
      server,
      ...(peer !== undefined && { peer }),
      kind,
      declared,
      actual,
      message,
      fix,
    }),
  );
  const unreadable = [...audit.unreadable].map(([server, message]) => ({ server, message }));
  return { clean: differences.length + unreadable.length === 0, differences, unreadable };
}

/** Says in one line what came of an audit, such as `3 differences on 2 of 12 servers`. */
export function verdictOf(audit: Audit): string {
  const { elements, unreadable } = audit;
  const differences = differencesOf(audit);
  const all = elements.filter(({ type }) => type === "server").length;
  const unread =
    unreadable.size === 0 ? [] : [`${unreadable.size} of ${countText(all, "server")} can't be read`];
  if (differences.length === 0 && unread.length === 0) return `clean: ${standing(audit)}`;
  const differing = new Set(differences.map(({ server }) => server)).size;
  const found =
    differences.length === 0
      ? "no differences on the others"
      : `${countText(differences.length, "difference")} on ${differing} of ${countText(all, "server")}`;
  return (differences.length === 0 ? [...unread, found] : [found, ...unread]).join(", ");
}

const counted = {
  server: "server",
  link: "link",
  trust: "trust",
  "trusted address": "trusted address",
} as const;

function standing({ elements }: Audit): string {
  const counts = Object.entries(counted).flatMap(([type, noun]) => {
    const count = elements.filter((element) => element.type === type).length;
    return count === 0 ? [] : [plural(count, noun)];
  });
  const isOne = elements.length === 1;
  return `${listText(counts)} ${isOne ? "stands" : "stand"} as declared`;
}

function plural(count: number, noun: string): string {
  return noun.endsWith("s") && count !== 1 ? `${count} ${noun}es` : countText(count, noun);
}
