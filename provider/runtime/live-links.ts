import type { Link } from "../schema/topology";
import { listFedMembers } from "../servers";
import { servers } from "./session";

/**
 * The feeding links that a server holds right now to servers that the provider knows, as its own files tell it: made by
 * hand, by another stack, or by this one. A server without a connection cannot be asked and tells of none.
 */
export async function liveLinksFrom(name: string): Promise<Link[]> {
  const server = servers().get(name);
  if (!server.settings.connection) return [];
  const byAddress = namesByAddress();
  const members = await listFedMembers(server);
  return members.flatMap(({ key, role }) => {
    const to = byAddress.get(key);
    return to === undefined ? [] : [{ from: name, to, role }];
  });
}

function namesByAddress(): ReadonlyMap<string, string> {
  const entries = servers()
    .names()
    .flatMap((name) => {
      const { address, publicAddress } = servers().get(name).settings;
      return [address, publicAddress]
        .filter((key) => key !== undefined)
        .map((key): [string, string] => [key, name]);
    });
  return new Map(entries);
}
