import type { FoundMember } from "../../servers";
import type { ServerSurvey, TokenUse } from "../server-survey";
import { problemOf, unknownServer } from "./entry-problems";
import type { Circumstances, FoundEntry, LeftAlone, SortedEntries } from "./found-entry";

/** Sorts the entries of root's clusters: those that can be brought into a stack, and the others with the reason. */
export function sortEntries(circumstances: Circumstances): SortedEntries {
  const { survey } = circumstances;
  const uses = new Map(survey.uses.map((use) => [placeOf(use.holder, use.key), use]));
  const sorted = [...survey.servers.values()].flatMap((holder) =>
    holder.members.map((member) =>
      sortEntry(holder, member, uses.get(placeOf(holder.name, member.key)), circumstances),
    ),
  );
  return {
    entries: sorted.flatMap((each) => ("entry" in each ? [each.entry] : [])),
    leftAlone: sorted.flatMap((each) => ("left" in each ? [each.left] : [])),
  };
}

type Sorted = { readonly entry: FoundEntry } | { readonly left: LeftAlone };

function sortEntry(
  holder: ServerSurvey,
  member: FoundMember,
  use: TokenUse | undefined,
  circumstances: Circumstances,
): Sorted {
  const { key, fields, role } = member;
  const problem = problemOf(holder, member, use, circumstances);
  const about = circumstances.nameAt(key);
  if (problem || about === undefined || role === undefined || use?.token === undefined) {
    const [why, fix] = problem ?? unknownServer;
    return { left: { server: holder.name, what: `entry for ${about ?? key}`, key, why, fix } };
  }
  const { host = key, pass = "" } = fields;
  return { entry: { holder: holder.name, about, key, role, host, secret: pass, token: use.token } };
}

function placeOf(holder: string, key: string): string {
  return `${holder} ${key}`;
}
