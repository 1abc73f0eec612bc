import type { DnsClusterArgs } from "../../index";
import type { FoundCluster, FoundEntry } from "../../survey";
import { isNameserver } from "../../topology";

/** A cluster as a program declares it. */
export interface ClusterProgram {
  /** Name of the resource. */
  readonly name: string;
  /** Arguments of the `DnsCluster`. The servers come from the stack's configuration. */
  readonly args: Omit<DnsClusterArgs, "servers">;
  /** The links in short, if every web server is linked to every nameserver. */
  readonly direct: DirectShape | undefined;
  readonly found: FoundCluster;
}

/** Arguments of `directLinks`. */
export interface DirectShape {
  readonly webServers: string[];
  readonly nameservers: string[];
  /** @default "sync" */
  readonly role?: DnsClusterArgs["links"][number]["role"];
}

/** Gives each cluster a name and the arguments that declare it. */
export function clusterPrograms(clusters: readonly FoundCluster[]): ClusterProgram[] {
  return clusters.map((found) => {
    const { servers: _servers, via: _via, links, ...rest } = found.topology;
    const name = clusters.length === 1 ? "dns" : `dns-${firstNameserver(found)}`;
    const direct = directShape(found);
    return { name, args: { links, ...rest } as ClusterProgram["args"], direct, found };
  });
}

/** Returns the entry with which a server presents a token to another. */
export function entryOf({ found }: ClusterProgram, opened: string, holder: string): FoundEntry {
  const entry = found.entries.find((each) => each.about === opened && each.holder === holder);
  if (entry) return entry;
  throw new Error(`No entry of ${holder} for ${opened} was found.`);
}

function firstNameserver({ topology: { servers } }: FoundCluster): string {
  const names = Object.keys(servers);
  const found = names.find((name) => servers[name] && isNameserver(servers[name])) ?? names[0] ?? "";
  return found.replaceAll(/[^A-Za-z0-9_-]/g, "-");
}

/** Returns the shape of links that are the product of web servers and nameservers, all with one role. */
function directShape({ topology: { links } }: FoundCluster): DirectShape | undefined {
  const webServers = unique(links.map(({ from }) => from));
  const nameservers = unique(links.map(({ to }) => to));
  const [first] = links;
  if (first === undefined || links.length !== webServers.length * nameservers.length) return undefined;
  const isAlike = links.every(
    (link, at) =>
      link.role === first.role &&
      link.via === undefined &&
      link.from === webServers[Math.floor(at / nameservers.length)] &&
      link.to === nameservers[at % nameservers.length],
  );
  return isAlike
    ? { webServers, nameservers, ...(first.role !== "sync" && { role: first.role }) }
    : undefined;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
