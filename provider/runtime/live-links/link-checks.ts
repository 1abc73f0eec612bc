import { ServerError, type Server } from "../../servers";
import { isNameserver } from "../../topology";
import { servers } from "../engine/session";
import { liveLinksFrom } from "./find-live-links";

// Checks on two live servers before one of them is told about the other.

/** Refuses a member with an address of the server itself, which would make the server talk to itself. */
export function refuseOwnAddress(server: Server, address: string): void {
  const { address: main, publicAddress } = server.settings;
  if (address !== main && address !== publicAddress) return;
  throw new ServerError({
    code: "own-address",
    server: server.name,
    phrase: "add a member",
    said: `${address} is an address of ${server.name} itself`,
    wayOut: "Give the two servers addresses of their own.",
  });
}

/**
 * Refuses a link that would close a circle with live links: made by hand, by another stack, or by this one and not
 * deleted yet, because the engine deletes last. A nameserver that sends zones back to a web server is never accepted.
 *
 * @param mayCycle whether the user has relaxed the rule `feeding-cycle`
 */
export async function refuseFeedingBack(server: Server, peer: Server, mayCycle: boolean): Promise<void> {
  const path = await liveFeedingPath(peer, server);
  if (!path) return;
  const feeder = servers().get(path.at(-2) ?? peer.name);
  if (isNameserver(feeder.settings) && !isNameserver(server.settings)) throw sendsBack(server, peer, feeder);
  if (!mayCycle) throw closesCircle(server, peer, path);
}

function sendsBack(server: Server, peer: Server, feeder: Server): ServerError {
  return new ServerError({
    code: "feeds-back",
    server: feeder.name,
    phrase: `link ${server.name} to ${peer.name}`,
    said: `${feeder.name} already sends zones to ${server.name}, which makes unnecessary zones there (rule sync-back)`,
    wayOut: `Set the role of ${server.name} on ${feeder.name} to standalone, or remove it there, first.`,
  });
}

function closesCircle(server: Server, peer: Server, path: string[]): ServerError {
  return new ServerError({
    code: "feeds-back",
    server: server.name,
    phrase: `link ${server.name} to ${peer.name}`,
    said: `zones already flow ${path.join(" -> ")}, and with this link they would travel in a circle (rule feeding-cycle)`,
    wayOut: `Take two steps: remove one of those links, or make it standalone, and run pulumi up; then add this one.`,
  });
}

/**
 * Finds the links by which zones flow now from one server to another, according to the servers' own files. Returns the
 * names from the first to the last, or undefined when there is no path. Finds what the topology can't show: links made by
 * hand, by another stack, or earlier by this one and not deleted yet. The search ends at servers without a connection.
 */
async function liveFeedingPath(from: Server, to: Server): Promise<string[] | undefined> {
  const cameFrom = new Map<string, string | undefined>([[from.name, undefined]]);
  let edge = [from.name];
  while (edge.length > 0 && !cameFrom.has(to.name)) {
    const links = (await Promise.all(edge.map(liveLinksFrom))).flat();
    edge = links.flatMap((link) => {
      if (cameFrom.has(link.to)) return [];
      cameFrom.set(link.to, link.from);
      return [link.to];
    });
  }
  return cameFrom.has(to.name) ? pathTo(to.name, cameFrom) : undefined;
}

function pathTo(name: string, cameFrom: ReadonlyMap<string, string | undefined>): string[] {
  const path: string[] = [];
  for (let step: string | undefined = name; step !== undefined; step = cameFrom.get(step)) path.unshift(step);
  return path;
}
