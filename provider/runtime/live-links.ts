import type { Link } from "../schema/topology";
import { listFedMembers } from "../servers";
import { recognise } from "./recognised";
import { servers } from "./session";

/**
 * The feeding links that a server holds right now to servers that the provider knows, as its own files tell it: made by
 * hand, by another stack, or by this one. A server without a connection cannot be asked and tells of none.
 */
export async function liveLinksFrom(name: string): Promise<Link[]> {
  const server = servers().get(name);
  if (!server.settings.connection) return [];
  await recognise(server);
  const members = await listFedMembers(server);
  return members.flatMap(({ key, role }) => {
    const to = servers().nameAt(key);
    return to === undefined ? [] : [{ from: name, to, role }];
  });
}
