import { isIPv4 } from "node:net";
import type { Link } from "../../schema/topology";
import { listFedMembers } from "../../servers";
import { isNameserver } from "../../topology";
import { recognise } from "../recognising/recognised";
import { servers } from "../engine/session";

/**
 * The feeding links that a server holds right now, as its own files tell it: made by hand, by another stack, or by this one.
 * A server without a connection cannot be asked and tells of none.
 */
export async function liveLinksFrom(name: string): Promise<Link[]> {
  if (!servers().names().includes(name)) return [];
  const server = servers().get(name);
  if (!server.settings.connection) return [];
  await recognise(server);
  const members = await listFedMembers(server);
  return members.flatMap(({ key, role }) => {
    const to = fedName(name, key);
    return to === undefined ? [] : [{ from: name, to, role }];
  });
}

/**
 * The name of the server that another one feeds. One that the provider does not know goes by its address where a nameserver
 * feeds it: that makes the nameserver an intermediary, whoever has made the link.
 */
export function fedName(from: string, address: string): string | undefined {
  const known = servers().nameAt(address);
  if (known !== undefined) return known;
  return isIPv4(address) && isNameserver(servers().get(from).settings) ? address : undefined;
}
