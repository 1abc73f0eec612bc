import { isIPv4 } from "node:net";
import type { Link } from "../../schema/topology";
import {
  fedAmong,
  listMembers,
  readAnnouncements,
  type Announcement,
  type ListedMember,
} from "../../servers";
import { inTime } from "../engine/in-time";
import { isForgotten, servers } from "../engine/session";
import { isNameserver } from "../../topology";
import { recognise } from "../recognising/recognised";

/** Links that another stack has announced and may be about to make. */
export interface AnnouncedBy extends Omit<Announcement, "links"> {
  /** Server that will store them. */
  readonly from: string;
  readonly links: readonly Link[];
}

/** Links found on the servers. */
export interface FoundLinks {
  /** Feeding links that servers hold, if the provider knows their ends. */
  readonly links: readonly Link[];
  /** All members of each server that was read, by its name. */
  readonly members: ReadonlyMap<string, readonly ListedMember[]>;
  /** Announcements of stacks, including this one. */
  readonly announced: readonly AnnouncedBy[];
  /** Servers that could not be read, and why. Nothing is known of their links; they don't count as empty. */
  readonly unseen: ReadonlyMap<string, unknown>;
}

/**
 * Reads the feeding links that servers hold and those that were announced, on all servers that the provider knows: a
 * link of another stack may be stored on any of them.
 *
 * @param concerned names of the servers to wait for as long as it takes
 * @param patience milliseconds to wait for every other server
 */
export async function findLiveLinks(concerned: ReadonlySet<string>, patience = 20_000): Promise<FoundLinks> {
  const unseen = new Map<string, unknown>();
  const names = servers()
    .names()
    .filter((name) => !isForgotten(name));
  const found = await Promise.all(
    names.map(async (name) => {
      try {
        return await (concerned.has(name) ? look(name) : inTime(name, patience, look(name)));
      } catch (error) {
        unseen.set(name, error);
        return undefined;
      }
    }),
  );
  const seen = found.filter((each) => each !== undefined);
  return {
    links: seen.flatMap(({ links }) => links),
    members: new Map(seen.map(({ name, members }) => [name, members])),
    announced: seen.flatMap(({ announced }) => announced),
    unseen,
  };
}

/** Reads all members of some servers, by name. Leaves out those that can't be read. */
export async function membersOn(names: readonly string[]): Promise<FoundLinks["members"]> {
  const found = await Promise.all(
    [...new Set(names)].map(async (name) => {
      const members = isForgotten(name) ? undefined : await membersOf(name).catch(() => undefined);
      return members ? [[name, members] as const] : [];
    }),
  );
  return new Map(found.flat());
}

interface Seen {
  name: string;
  members: ListedMember[];
  links: Link[];
  announced: AnnouncedBy[];
}

async function look(name: string): Promise<Seen> {
  const members = await membersOf(name);
  const server = servers().get(name);
  const announced = server.settings.connection ? await readAnnouncements(server) : [];
  const links = fedLinks(name, members);
  return { name, members, links, announced: announced.map((each) => byName(name, each)) };
}

function byName(from: string, announced: Announcement): AnnouncedBy {
  const links = announced.links.flatMap(({ address, publicAddress = address, role }) => {
    const to = servers().nameAt(publicAddress) ?? fedName(from, address);
    return to === undefined ? [] : [{ from, to, role }];
  });
  return { ...announced, from, links };
}

/**
 * Reads the feeding links that a server holds now from its own files, whether made by hand, by another stack or by this
 * one. A server without a connection can't be asked and yields none.
 */
export async function liveLinksFrom(name: string): Promise<Link[]> {
  return fedLinks(name, await membersOf(name));
}

async function membersOf(name: string): Promise<ListedMember[]> {
  if (!servers().names().includes(name)) return [];
  const server = servers().get(name);
  if (!server.settings.connection) return [];
  await recognise(server);
  return listMembers(server);
}

function fedLinks(name: string, members: readonly ListedMember[]): Link[] {
  return fedAmong(members).flatMap(({ key, role }) => {
    const to = fedName(name, key);
    return to === undefined ? [] : [{ from: name, to, role }];
  });
}

/**
 * Returns the name of the server that another one feeds. A server that the provider doesn't know is named by its
 * address if a nameserver feeds it, because that makes the nameserver an intermediary, whoever has made the link.
 */
export function fedName(from: string, address: string): string | undefined {
  const known = servers().nameAt(address);
  if (known !== undefined) return known;
  return isIPv4(address) && isNameserver(servers().get(from).settings) ? address : undefined;
}
