import { clusteringFlag, listMembers } from "./members";
import type { SimulatedServer } from "./simulated-server";
import { reachMember } from "./synchronise";

/** A change of a zone on one server. */
type Change = (server: SimulatedServer) => void;

/** What a change of a zone may do on members with the role write-only. */
interface SpreadOptions {
  /** Whether it is made on them too: they get new zones, but nothing can be deleted there. */
  readonly onWriteOnly: boolean;
}

/**
 * Makes a change on a server and on the members that it calls, and has each of them do the same. No server is visited twice.
 * A member that can't be reached, refuses the token or is disabled is left out without a word.
 */
export function spread(server: SimulatedServer, change: Change, options: SpreadOptions): void {
  const visited = new Set([server]);
  for (const each of visited) {
    change(each);
    for (const member of membersOf(each, options)) visited.add(member);
  }
}

function membersOf(server: SimulatedServer, { onWriteOnly }: SpreadOptions): SimulatedServer[] {
  const { find } = server.world;
  if (find === undefined || server.files.find(clusteringFlag) === undefined) return [];
  return listMembers(server.files)
    .filter(({ role }) => role === "sync" || (role === "write-only" && onWriteOnly))
    .filter(({ key }) => server.files.find(`/var/cpanel/clusterqueue/status/${key}-down`) === undefined)
    .flatMap((member) => reachMember(server, member, find) ?? []);
}
