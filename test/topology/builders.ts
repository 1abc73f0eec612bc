import type { TopologyInput } from "../../provider/schema/topology";

type ServerInput = TopologyInput["servers"][string];
type LinkInput = NonNullable<TopologyInput["links"]>[number];
type RoleInput = LinkInput["role"];

/** A web server at 192.0.2.<last>. */
export function web(last: number, more: Partial<ServerInput> = {}): ServerInput {
  return { type: "cpanel", address: `192.0.2.${last}`, ...more };
}

/** A DNSOnly server at 192.0.2.<last>. */
export function dns(last: number, more: Partial<ServerInput> = {}): ServerInput {
  return { type: "dnsonly", address: `192.0.2.${last}`, ...more };
}

/** A cPanel & WHM server that only answers DNS, at 192.0.2.<last>. */
export function cpanelNameserver(last: number, more: Partial<ServerInput> = {}): ServerInput {
  return { type: "cpanel", nameserver: true, address: `192.0.2.${last}`, ...more };
}

/** A link, as `link("web1 -> ns1")` or with a role. */
export function link(ends: string, role: RoleInput = "sync"): LinkInput {
  const [from = "", to = ""] = ends.split(" -> ");
  return { from, to, role };
}

export function links(...ends: string[]): LinkInput[] {
  return ends.map((pair) => link(pair));
}

/** Two web servers, each linked to two DNSOnly servers: the guide's best configuration, without any finding. */
export const direct: TopologyInput = {
  servers: { web1: web(10), web2: web(11), ns1: dns(53), ns2: dns(54) },
  links: links("web1 -> ns1", "web1 -> ns2", "web2 -> ns1", "web2 -> ns2"),
};

/** One web server, a primary nameserver, and two nameservers behind it. */
export const primary: TopologyInput = {
  servers: { web1: web(10), ns1: dns(53, { intermediary: true }), ns2: dns(54), ns3: dns(55) },
  links: links("web1 -> ns1", "ns1 -> ns2", "ns1 -> ns3"),
};

/** Two web servers before a chain of two intermediaries, with the rule about it relaxed. */
export const chained: TopologyInput = {
  servers: {
    web1: web(10),
    web2: web(11),
    ns1: dns(53, { intermediary: true }),
    ns2: dns(54, { intermediary: true }),
    ns3: dns(55),
  },
  links: links("web1 -> ns1", "web2 -> ns1", "ns1 -> ns2", "ns2 -> ns3"),
  rules: { "single-intermediary": { severity: "warning", reason: "two data centres" } },
};

/** The direct topology with something changed. */
export function directWith(more: Partial<TopologyInput>): TopologyInput {
  return { ...direct, ...more };
}

/** The same topology with every list and every record turned round. */
export function reversed(topology: TopologyInput): TopologyInput {
  const turned = Object.entries(topology).map(([key, value]) => [key, turn(value)] as const);
  return Object.fromEntries(turned.reverse()) as TopologyInput;
}

function turn(value: unknown): unknown {
  if (Array.isArray(value)) return [...(value as unknown[])].reverse();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse());
}
