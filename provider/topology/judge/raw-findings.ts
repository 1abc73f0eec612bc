import type { ClusterToken, Link } from "../../schema/topology";
import type { LinkEnds, RawFinding } from "./rule";
import { groupBy } from "../model/group-by";
import { listText } from "../report/words";

/** Makes a finding about a link and the servers at its ends. */
export function aboutLink({ from, to }: LinkEnds, problem: string, fix: string): RawFinding {
  return { servers: [...new Set([from, to])], link: { from, to }, problem, fix };
}

/** Describes a link in a sentence. */
export function linkText({ from, to, role }: Link): string {
  return `${from} -> ${to} (${role})`;
}

/** Returns the values that more than one item has, each with those items, in order of first appearance. */
export function shared<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | undefined,
): [string, readonly Item[]][] {
  return [...groupBy(items, keyOf)].flatMap(([key, group]) =>
    key !== undefined && group.length > 1 ? [[key, group]] : [],
  );
}

/** Describes a token in a sentence. Its secret is unknown here. */
export function tokenText({ server, users = [] }: ClusterToken): string {
  return users.length > 0
    ? `${server} has a token for ${listText(users)} that`
    : `${server} has a token that`;
}
