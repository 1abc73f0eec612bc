import type { Topology } from "../../schema/topology";
import type { Properties } from "../engine/checked-inputs";
import { hostMarkOf, isAccepted, rememberHost } from "./recognised";
import { isForgotten, servers } from "../engine/session";

// A gate keeps by what each of its servers is known again. New resources know nothing of the servers; the gate, which they
// wait for, tells when a connection leads to another machine by now.

/** By what servers are known again, by name. */
export type Hosts = Readonly<Record<string, string>>;

/** What a state of a gate keeps of its servers. */
export function hostsIn({ hosts = {} }: Properties): Hosts {
  return hosts;
}

/** The servers that should be known again: not those that are gone, or have moved to another address. */
export function hostsThatStay(known: Hosts, before: Topology, topology: Topology): Hosts {
  const stays = ([name]: [string, string]): boolean =>
    !isForgotten(name) && before.servers[name]?.address === topology.servers[name]?.address;
  return Object.fromEntries(Object.entries(known).filter(stays));
}

/** Shows to what is made behind a gate by what its servers are known. */
export function rememberHosts(hosts: Hosts): void {
  for (const [name, host] of Object.entries(hosts)) rememberHost(name, host);
}

/** Those of some names that the provider has a server for. */
export function configuredAmong(names: Iterable<string>): string[] {
  const configured = new Set(servers().names());
  return [...names].filter((name) => configured.has(name));
}

/** Looks by what the servers of a topology are known again; what cannot be looked at is known as before. */
export async function hostsOf({ servers: named }: Topology, known: Hosts): Promise<Hosts> {
  const hosts = await Promise.all(
    configuredAmong(Object.keys(named)).map(async (name) => {
      const { host = known[name] } = await hostMarkOf(name).catch((): { host?: string } => ({}));
      return host === undefined ? [] : [[name, host] as const];
    }),
  );
  return Object.fromEntries(hosts.flat());
}

/** Servers that the user has said to accept are known again from now on; the others are not looked at. */
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
