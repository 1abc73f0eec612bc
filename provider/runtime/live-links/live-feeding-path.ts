import type { Server } from "../../servers";
import { liveLinksFrom } from "./live-links";

/**
 * The links by which zones flow from one server to another right now, as the servers' own files tell it: names from
 * the first to the last, undefined when there is no such way. It sees what the topology cannot show: links made by
 * hand, by another stack, or by this one before and not deleted yet. Servers without a connection end the search there.
 */
export async function liveFeedingPath(from: Server, to: Server): Promise<string[] | undefined> {
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
