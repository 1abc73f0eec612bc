import { countText, listText } from "../../topology";
import { unheardNameservers } from "./answers";
import type { ClusterStatus } from "./cluster-status";
import type { MemberRow } from "./members";
import { firstNames } from "./finding";
import { reachNotes } from "./reach-notes";

/** Something that `status` tells and does not judge. */
export interface StatusNote {
  /** Absent if it concerns no single server. */
  readonly server?: string;
  /** What it is, to follow the name of the server if there is one. */
  readonly message: string;
}

/** Lists what nothing can be said about: unknown addresses, tokens of other users, clusters of resellers. */
export function notJudged(status: ClusterStatus, members: readonly MemberRow[]): StatusNote[] {
  const ofServers = [...status.servers.values()].flatMap(({ name: server, resellers }) => {
    const own = members.filter((member) => member.server === server);
    const strangers = own.filter(({ peer }) => peer === undefined).map(({ address }) => address);
    const others = own.filter(({ peer, user = "root" }) => peer !== undefined && user !== "root");
    const users = [...new Set(resellers.map(({ user }) => user))];
    return [
      ...(strangers.length === 0 ? [] : [`has ${strangersText(strangers)}`]),
      ...others.map(({ peer, user }) => `calls ${peer} as the user ${user}, whose tokens are not read`),
      ...users.map((user) => resellerText(user, resellers.filter((each) => each.user === user).length)),
    ].map((message) => ({ server, message }));
  });
  return [...ofServers, ...reachNotes(status), ...unheard(unheardNameservers(status))];
}

function unheard(names: readonly string[]): StatusNote[] {
  if (names.length === 0) return [];
  const who =
    names.length > 10 ? `none of ${names.length} nameservers answers` : `no answer of ${listText(names)}`;
  return [{ message: `${who} over DNS from this machine: only the serials in their files are compared` }];
}

function strangersText(addresses: readonly string[]): string {
  return `${countText(addresses.length, "member")} that the connections do not know: ${firstNames(addresses)}`;
}

function resellerText(user: string, members: number): string {
  return `holds a cluster of the reseller ${user} with ${countText(members, "member")}`;
}
