import { countText } from "../../topology";
import type { ClusterStatus } from "./cluster-status";
import type { MemberRow } from "./members";
import { firstNames } from "./finding";

/** Something on a server that `status` tells and does not judge. */
export interface StatusNote {
  readonly server: string;
  /** What it is, to follow the name of the server. */
  readonly message: string;
}

/** Lists what nothing can be said about: unknown addresses, tokens of other users, clusters of resellers. */
export function notJudged(status: ClusterStatus, members: readonly MemberRow[]): StatusNote[] {
  return [...status.servers.values()].flatMap(({ name: server, resellers }) => {
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
}

function strangersText(addresses: readonly string[]): string {
  return `${countText(addresses.length, "member")} that the connections do not know: ${firstNames(addresses)}`;
}

function resellerText(user: string, members: number): string {
  return `holds a cluster of the reseller ${user} with ${countText(members, "member")}`;
}
