import type { Link } from "../schema/topology";
import { liveLinksFrom } from "./live-links";
import { isForgotten, servers } from "./session";

/** What a look at the servers has found. */
export interface FoundLinks {
  /** Feeding links that servers hold, their ends known to the provider. */
  readonly links: readonly Link[];
  /** Servers that could not be looked at, and why. Nothing is known of their links: they are not taken for empty. */
  readonly unseen: ReadonlyMap<string, unknown>;
}

/** Longer than this nobody waits for a server that no link here concerns. */
const patience = 20_000;

/**
 * Reads the feeding links that servers hold: all servers that the provider knows, since a link of another stack may be
 * stored on any of them.
 *
 * @param concerned names of the servers that are waited for as long as it takes
 */
export async function findHeldLinks(concerned: ReadonlySet<string>): Promise<FoundLinks> {
  const unseen = new Map<string, unknown>();
  const names = servers()
    .names()
    .filter((name) => !isForgotten(name));
  const found = await Promise.all(
    names.map(async (name) => {
      try {
        return await (concerned.has(name) ? liveLinksFrom(name) : inTime(name));
      } catch (error) {
        unseen.set(name, error);
        return [];
      }
    }),
  );
  return { links: found.flat(), unseen };
}

async function inTime(name: string): Promise<Link[]> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} has not answered in time`)), patience);
  });
  return Promise.race([liveLinksFrom(name), tooLate]).finally(() => clearTimeout(timer));
}
