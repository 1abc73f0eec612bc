import type { Topology } from "../../schema/topology";
import type { Properties } from "../engine/checked-inputs";
import { hostMarkOf, isAccepted, rememberHost } from "./recognised";
import { isForgotten, servers } from "../engine/session";

// A gate keeps the marks by which its servers are recognised. New resources know nothing of the servers; the gate,
// which they wait for, notices when a connection now leads to another machine.

/** Marks by which servers are recognised, by name. */
export type Hosts = Readonly<Record<string, string>>;

/** Returns the marks in the state of a gate. */
export function hostsIn({ hosts = {} }: Properties): Hosts {
  return hosts;
}

/** Returns the marks that still apply: not those of servers that are gone or have moved to another address. */
export function hostsThatStay(known: Hosts, before: Topology, topology: Topology): Hosts {
  const stays = ([name]: [string, string]): boolean =>
    !isForgotten(name) && before.servers[name]?.address === topology.servers[name]?.address;
  return Object.fromEntries(Object.entries(known).filter(stays));
}

/** Makes the marks available to the resources behind a gate. */
export function rememberHosts(hosts: Hosts): void {
  for (const [name, host] of Object.entries(hosts)) rememberHost(name, host);
}

/** Lists those of some names for which the provider has a server. */
export function configuredAmong(names: Iterable<string>): string[] {
  const configured = new Set(servers().names());
  return [...names].filter((name) => configured.has(name));
}

/** Reads the marks of a topology's servers. A server that can't be read keeps its known mark. */
export async function hostsOf({ servers: named }: Topology, known: Hosts): Promise<Hosts> {
  const hosts = await Promise.all(
    configuredAmong(Object.keys(named)).map(async (name) => {
      const { host = known[name] } = await hostMarkOf(name).catch((): { host?: string } => ({}));
      return host === undefined ? [] : [[name, host] as const];
    }),
  );
  return Object.fromEntries(hosts.flat());
}

/** Renews the marks of servers that the user has said to accept. The others are not read. */
export async function hostsAcceptedAnew(known: Hosts): Promise<Hosts> {
  const hosts = await Promise.all(
    configuredAmong(Object.keys(known))
      .filter(isAccepted)
      .map(async (name) => {
        const { host } = await hostMarkOf(name);
        return host === undefined ? [] : [[name, host] as const];
      }),
  );
  return { ...known, ...Object.fromEntries(hosts.flat()) };
}
