import { isClusteringOn, listFedMembers } from "../../servers";
import { memoize } from "../../topology";
import { isForgotten, servers } from "../engine/session";
import { recognise } from "../recognising/recognised";

/** Where a zone comes to that is made on a server. */
export interface Places {
  /** Names of the servers, the first one included. */
  readonly names: readonly string[];
  /** Why a zone could not be removed everywhere; undefined if it can. */
  readonly obstacle: string | undefined;
}

/** Finds out where zones come to, each server being read once. */
export type FindPlaces = (origin: string) => Promise<Places>;

/** Begins a look at what servers feed now: members that others have made count as well. */
export function placesFinder(): FindPlaces {
  const members = memoize(fedBy);
  return async (origin) => {
    const names = new Set([origin]);
    // Grows while it is walked through.
    for (const from of names) {
      const { to, unknown } = await members(from);
      if (unknown !== undefined) return { names: [...names], obstacle: unknown };
      for (const name of to) names.add(name);
    }
    return { names: [...names], obstacle: undefined };
  };
}

interface Fed {
  readonly to: readonly string[];
  /** A sentence on a server that can't be looked at; undefined if there is none. */
  readonly unknown?: string;
}

async function fedBy(name: string): Promise<Fed> {
  const server = servers().get(name);
  if (isForgotten(name)) return { to: [], unknown: `${name} is marked as gone for good.` };
  if (!server.settings.connection) return { to: [], unknown: `${name} has no SSH connection.` };
  await recognise(server);
  if (!(await isClusteringOn(server))) return { to: [] };
  const keys = (await listFedMembers(server)).map(({ key }) => key);
  const stranger = keys.find((key) => servers().nameAt(key) === undefined);
  if (stranger !== undefined)
    return {
      to: [],
      unknown: `${name} also sends its zones to ${stranger}, which the provider doesn't know.`,
    };
  return { to: keys.flatMap((key) => servers().nameAt(key) ?? []) };
}
