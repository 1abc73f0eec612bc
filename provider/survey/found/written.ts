import type { Topology } from "../../schema/topology";
import { completeTopology, viaOfLink, viaOfTrust, withoutUnusedServers } from "../../topology";

/** Lists that follow from servers and links. */
const derived = ["trusts", "trustedAddresses", "apiTokens"] as const;

/** Writes a topology as a person would: what follows from the rest is left out. */
export function asWritten(found: Topology): Topology {
  const { servers, ...used } = withoutUnusedServers(found);
  const topology = withoutUsualAddresses({ servers, ...used });
  return derived.reduce((sofar, key) => {
    const { [key]: given, ...rest } = sofar;
    return canonical(completeTopology(rest)[key]) === canonical(given) ? rest : sofar;
  }, topology);
}

function withoutUsualAddresses(topology: Topology): Topology {
  const servers = new Map(Object.entries(topology.servers));
  return {
    ...topology,
    links: topology.links.map(({ via, ...link }) =>
      via === viaOfLink(link, servers) ? link : { ...link, ...(via && { via }) },
    ),
    trusts: (topology.trusts ?? []).map(({ via, ...trust }) =>
      via === viaOfTrust(trust, servers) ? trust : { ...trust, ...(via && { via }) },
    ),
  };
}

/** Returns a text that is the same for lists with the same elements in any order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries
    .map(([key, item]) => `${key}:${canonical(item)}`)
    .sort()
    .join(",")}}`;
}
