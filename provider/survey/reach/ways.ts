import type { PlainServer } from "../../schema/server";
import type { Link, Trust } from "../../schema/topology";
import { isCalledMember, type FoundMember } from "../../servers";
import { neededTrusts, splitIntoClusters, viaOfLink, viaOfTrust } from "../../topology";
import type { ClusterStatus, StatusServer } from "../status/cluster-status";
import { findFlows } from "../status/flows";
import type { Way } from "./way";

/** A way of an entry, with the user and the token in it. */
export interface EntryWay extends Way {
  readonly user: string;
  /** Undefined if the entry holds none. */
  readonly secret: string | undefined;
}

/**
 * Lists the ways that a cluster uses: one for each entry that WHM calls, those of trusts that a link needs and nobody
 * has stored, and those from web servers to nameservers of their cluster that get none of their zones.
 */
export function waysOf(status: ClusterStatus): (Way | EntryWay)[] {
  const structure = structureOf(status);
  const trusts = neededTrusts(structure);
  const entries = [...status.servers.values()].flatMap((server) => entryWays(server, status, trusts));
  const stored = new Set(entries.map(({ server, peer }) => pairOf(server, peer)));
  const others = [...trustWays(trusts, structure), ...coverageWays(status, structure)];
  return [...entries, ...others.filter(({ server, peer }) => !stored.has(pairOf(server, peer)))];
}

interface Structure {
  readonly servers: Record<string, PlainServer>;
  readonly links: Link[];
}

/** Returns the feeding links that stand between the servers that were read. */
function structureOf({ servers, nameAt }: ClusterStatus): Structure {
  const links = [...servers.values()].flatMap(({ name: from, members }) =>
    members.flatMap((member): Link[] => {
      const to = nameAt(member.key);
      const isLink = to !== undefined && to !== from && servers.has(to) && isCalledMember(member);
      return isLink && feeds(member) ? [{ from, to, role: member.role! }] : [];
    }),
  );
  return {
    servers: Object.fromEntries([...servers].map(([name, server]) => [name, factsOf(server)])),
    links,
  };
}

function factsOf({ settings, product, isNameserver }: StatusServer): PlainServer {
  const { address, publicAddress, intermediary } = settings;
  return {
    type: product,
    nameserver: isNameserver,
    ...(address !== undefined && { address }),
    ...(publicAddress !== undefined && { publicAddress }),
    ...(intermediary !== undefined && { intermediary }),
  };
}

function entryWays(
  { name: server, members }: StatusServer,
  { nameAt }: ClusterStatus,
  trusts: readonly Trust[],
): EntryWay[] {
  return members.filter(isCalledMember).map((member) => {
    const peer = nameAt(member.key);
    const isTrust = trusts.some((trust) => trust.server === peer && trust.peer === server);
    const { user = "root", pass: secret } = member.fields;
    const need = feeds(member) ? "zones" : isTrust ? "trust" : "nothing";
    return { server, peer, address: member.key, role: member.role, need, user, secret };
  });
}

function feeds({ role }: FoundMember): boolean {
  return role !== "standalone";
}

function trustWays(trusts: readonly Trust[], { servers }: Structure): Way[] {
  const known = new Map(Object.entries(servers));
  return trusts.flatMap((trust) => {
    const address = servers[trust.server]?.[viaOfTrust(trust, known)];
    return address === undefined ? [] : [wayWithoutEntry(trust.peer, trust.server, address, "trust")];
  });
}

function coverageWays(status: ClusterStatus, structure: Structure): Way[] {
  const flows = findFlows(status);
  const known = new Map(Object.entries(structure.servers));
  return splitIntoClusters(structure).flatMap(({ servers }) => {
    const [web, nameservers] = [false, true].map((wanted) =>
      Object.keys(servers).filter((name) => (servers[name]?.nameserver ?? false) === wanted),
    ) as [string[], string[]];
    return web.flatMap((from) =>
      nameservers.flatMap((to) => {
        const address = servers[to]?.[viaOfLink({ from, to }, known)];
        const isFed = flows.reachedFrom(from).has(to);
        return isFed || address === undefined ? [] : [wayWithoutEntry(from, to, address, "coverage")];
      }),
    );
  });
}

function wayWithoutEntry(server: string, peer: string, address: string, need: Way["need"]): Way {
  return { server, peer, address, role: undefined, need };
}

function pairOf(server: string, peer: string | undefined): string {
  return `${server}\0${peer ?? ""}`;
}
