import type { LinkArgs } from "./dns-cluster-args";
import type { ServerArgs } from "../server-args";

/** Servers and links to spread into the arguments of a `DnsCluster`. */
export interface ClusterShape {
  /** All servers by name. */
  servers: Record<string, ServerArgs>;
  /** Links of the shape. */
  links: LinkArgs[];
}

/** Links every web server directly to every nameserver: the best shape according to cPanel's guide. */
export function directLinks(shape: {
  /** Servers that host accounts, by name. */
  webServers: Record<string, ServerArgs>;
  /** Servers that answer DNS, by name. */
  nameservers: Record<string, ServerArgs>;
  /** Role of every link. @default "sync" */
  role?: LinkArgs["role"];
}): ClusterShape;
/** Links servers that the provider or the stack's configuration knows, by their names only. */
export function directLinks(shape: {
  /** Names of the servers that host accounts. */
  webServers: readonly string[];
  /** Names of the servers that answer DNS. */
  nameservers: readonly string[];
  /** Role of every link. @default "sync" */
  role?: LinkArgs["role"];
}): Pick<ClusterShape, "links">;
export function directLinks({
  webServers,
  nameservers,
  role = "sync",
}: {
  webServers: ServersByName | readonly string[];
  nameservers: ServersByName | readonly string[];
  role?: LinkArgs["role"];
}): Partial<ClusterShape> & Pick<ClusterShape, "links"> {
  const links = namesOf(webServers).flatMap((from) => namesOf(nameservers).map((to) => ({ from, to, role })));
  if (isList(webServers) || isList(nameservers)) return { links };
  return { servers: { ...webServers, ...nameservers }, links };
}

/**
 * Links web servers to a primary nameserver only. As intermediary it passes their zones on to the other nameservers,
 * which get them about three times as late.
 */
export function primaryNameserver(shape: {
  /** Servers that host accounts, by name. */
  webServers: Record<string, ServerArgs>;
  /** Name of one of `nameservers`, or a further server by name. It gets `intermediary: true`. */
  primary: string | Record<string, ServerArgs>;
  /** Servers that answer DNS, by name. */
  nameservers: Record<string, ServerArgs>;
  /** Role of every link. @default "sync" */
  role?: LinkArgs["role"];
}): ClusterShape {
  const { webServers, role = "sync" } = shape;
  const [primary, others] = separatePrimary(shape.primary, shape.nameservers);
  const toPrimary = directLinks({ webServers, nameservers: primary, role });
  const onwards = directLinks({ webServers: primary, nameservers: others, role });
  return { servers: { ...toPrimary.servers, ...others }, links: [...toPrimary.links, ...onwards.links] };
}

/** Servers by the names that links use. */
export type ServersByName = Record<string, ServerArgs>;

function separatePrimary(
  primary: string | ServersByName,
  nameservers: ServersByName,
): [ServersByName, ServersByName] {
  const names = typeof primary === "string" ? [primary] : Object.keys(primary);
  const all = { ...nameservers, ...(typeof primary === "string" ? {} : primary) };
  const chosen = Object.entries(all).filter(([name]) => names.includes(name));
  const others = Object.entries(all).filter(([name]) => !names.includes(name));
  return [
    Object.fromEntries(chosen.map(([name, server]) => [name, { ...server, intermediary: true }])),
    Object.fromEntries(others),
  ];
}

function isList(servers: ServersByName | readonly string[]): servers is readonly string[] {
  return Array.isArray(servers);
}

function namesOf(servers: ServersByName | readonly string[]): readonly string[] {
  return isList(servers) ? servers : Object.keys(servers);
}
