import { listFedMembers, type Server } from "../servers";
import { servers } from "./session";

/**
 * The links by which zones flow from one server to another right now, as the servers' own files tell it: names from
 * the first to the last, undefined when there is no such way. It sees what the topology cannot show: links made by
 * hand, by another stack, or by this one before and not deleted yet. Servers without a connection end the search there.
 */
export async function liveFeedingPath(from: Server, to: Server): Promise<string[] | undefined> {
  const byAddress = namesByAddress();
  const cameFrom = new Map<string, string | undefined>([[from.name, undefined]]);
  let edge = [from.name];
  while (edge.length > 0 && !cameFrom.has(to.name)) {
    const steps = await Promise.all(edge.map((name) => fedBy(name, byAddress)));
    edge = steps.flat().flatMap(({ source, target }) => {
      if (cameFrom.has(target)) return [];
      cameFrom.set(target, source);
      return [target];
    });
  }
  return cameFrom.has(to.name) ? pathTo(to.name, cameFrom) : undefined;
}

interface Step {
  source: string;
  target: string;
}

async function fedBy(source: string, byAddress: ReadonlyMap<string, string>): Promise<Step[]> {
  const server = servers().get(source);
  if (!server.settings.connection) return [];
  const keys = await listFedMembers(server);
  return keys.flatMap((key) => {
    const target = byAddress.get(key);
    return target === undefined ? [] : [{ source, target }];
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

function pathTo(name: string, cameFrom: ReadonlyMap<string, string | undefined>): string[] {
  const path: string[] = [];
  for (let step: string | undefined = name; step !== undefined; step = cameFrom.get(step)) path.unshift(step);
  return path;
}
