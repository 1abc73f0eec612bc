import fc from "fast-check";
import type { TopologyInput } from "../../provider/schema/topology";
import { completeTopology } from "../../provider/topology";

type ServerInput = TopologyInput["servers"][string];
type LinkInput = NonNullable<TopologyInput["links"]>[number];

/** A cluster that follows the guide, in numbers. */
interface Design {
  webServers: number;
  /** Whether each nameserver runs cPanel & WHM. */
  nameservers: boolean[];
  hasPrimary: boolean;
  /** Draws of partners: for each nameserver a web server, then for each web server a nameserver. */
  partners: number[];
  roles: LinkInput["role"][];
}

/** A link that nobody planned. */
interface Disturbance {
  from: number;
  to: number;
  role: LinkInput["role"];
}

const most = 30;

const design: fc.Arbitrary<Design> = fc.record({
  webServers: fc.integer({ min: 1, max: most }),
  nameservers: fc.array(fc.boolean(), { minLength: 1, maxLength: most, size: "max" }),
  hasPrimary: fc.boolean(),
  partners: fc.array(fc.nat(), { minLength: 2 * most, maxLength: 2 * most }),
  roles: fc.array(fc.constantFrom("sync", "synchronize", "write-only"), {
    minLength: 2 * most,
    maxLength: 2 * most,
  }),
});

const disturbance: fc.Arbitrary<Disturbance> = fc.record({
  from: fc.nat(),
  to: fc.nat(),
  role: fc.constantFrom("sync", "write-only", "standalone"),
});

/** What is written out, and what is left to be derived. */
const givens: ((topology: TopologyInput) => TopologyInput)[] = [
  (topology) => topology,
  (topology) => completeTopology(topology),
  (topology) => ({ ...topology, trusts: completeTopology(topology).trusts ?? [] }),
  (topology) => ({ ...topology, trustedAddresses: completeTopology(topology).trustedAddresses ?? {} }),
  (topology) => ({ ...topology, trusts: [] }),
];

/**
 * Sparse clusters of 2 to 60 servers of all kinds. About half follow the guide; the others have up to three links that
 * nobody planned, or lack the trusts that they need.
 *
 * @param prefix of every name, so that two clusters can stand side by side
 */
export function arbitraryCluster(prefix = "s", network = "10.0"): fc.Arbitrary<TopologyInput> {
  return fc
    .record({
      design,
      disturbances: fc.oneof(fc.constant([]), fc.array(disturbance, { maxLength: 3 })),
      given: fc.constantFrom(...givens),
    })
    .map(({ design, disturbances, given }) => {
      const servers = serversOf(design, prefix, network);
      const planned = plannedLinks(design, Object.keys(servers));
      const links = [...planned, ...unplannedLinks(disturbances, Object.keys(servers))];
      return given({ servers, links: withoutRepeats(links) });
    });
}

function serversOf({ webServers, nameservers, hasPrimary }: Design, prefix: string, network: string) {
  const web: ServerInput[] = Array.from({ length: webServers }, () => ({ type: "cpanel" }));
  const dns = nameservers.map((cpanel, index): ServerInput => {
    const intermediary = hasPrimary && index === 0 && nameservers.length > 1;
    return cpanel ? { type: "cpanel", nameserver: true, intermediary } : { type: "dnsonly", intermediary };
  });
  const all = [...web, ...dns].map((server, index) => [
    `${prefix}${index}`,
    { ...server, address: `${network}.0.${index}` },
  ]);
  return Object.fromEntries(all) as TopologyInput["servers"];
}

/** With a primary, web servers feed it and it feeds the others; else each server is linked to its partner. */
function plannedLinks(
  { webServers, nameservers, hasPrimary, partners, roles }: Design,
  names: string[],
): LinkInput[] {
  const [web, dns] = [names.slice(0, webServers), names.slice(webServers)];
  const [primary = ""] = dns;
  const pairs =
    hasPrimary && nameservers.length > 1
      ? [...web.map((name) => [name, primary]), ...dns.slice(1).map((name) => [primary, name])]
      : [
          ...dns.map((name, index) => [pick(web, partners[index]), name]),
          ...web.map((name, index) => [name, pick(dns, partners[most + index])]),
        ];
  return pairs.map(([from = "", to = ""], index) => ({ from, to, role: roles[index] ?? "sync" }));
}

function unplannedLinks(disturbances: Disturbance[], names: string[]): LinkInput[] {
  const links = disturbances.map(({ from, to, role }) => ({
    from: pick(names, from),
    to: pick(names, to),
    role,
  }));
  return links.filter(({ from, to }) => from !== to);
}

function withoutRepeats(links: LinkInput[]): LinkInput[] {
  return [...new Map(links.map((link) => [`${link.from} ${link.to}`, link])).values()];
}

function pick(names: string[], draw = 0): string {
  return names[draw % names.length] ?? "";
}
