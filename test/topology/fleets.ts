import type { TopologyInput } from "../../provider/schema/topology";
import { completeTopology } from "../../provider/topology";
import { link } from "./builders";

// Large topologies of every shape, for clocks. Each takes a number of servers; most have ten links a server.

/** Nameservers beside which web servers are counted in `linkedDirectly`. */
const nameservers = 10;

/** Web servers that each feed all of ten nameservers. */
export function linkedDirectly(size: number, role: "sync" | "write-only" = "sync"): TopologyInput {
  const webServers = size - nameservers;
  const links = Array.from({ length: webServers * nameservers }, (_, index) =>
    link(`web${Math.floor(index / nameservers)} -> ns${index % nameservers}`, role),
  );
  return { servers: fleet(webServers, nameservers), links };
}

/** The same with trusts, addresses and tokens written out. */
export function writtenOut(size: number): TopologyInput {
  return completeTopology(linkedDirectly(size));
}

/** Direct links to nine nameservers, of which the first feeds the tenth, and one of the others once more. */
export function besidePrimary(size: number): TopologyInput {
  const { servers, links = [] } = linkedDirectly(size);
  const direct = links.filter(({ to }) => to !== "ns9");
  return { servers, links: [...direct, link("ns0 -> ns9"), link("ns0 -> ns1")] };
}

/** As many web servers as nameservers, all of them behind one primary: a finding for each pair of the two. */
export function behindPrimary(size: number): TopologyInput {
  const half = Math.floor(size / 2);
  const numbered = Array.from({ length: half }, (_, index) => index);
  const servers = fleet(half, half);
  const links = [
    ...numbered.map((index) => link(`web${index} -> ns0`)),
    ...numbered.slice(1).map((index) => link(`ns0 -> ns${index}`)),
  ];
  return { servers, links };
}

/** One long chain of intermediaries. */
export function chain(size: number): TopologyInput {
  const servers = fleet(1, size - 1);
  const links = Array.from({ length: size - 2 }, (_, index) => link(`ns${index} -> ns${index + 1}`));
  return { servers, links: [link("web0 -> ns0"), ...links] };
}

/** Links at random, full of circles. */
export function tangle(size: number): TopologyInput {
  const servers = fleet(Math.floor(size / 2), Math.ceil(size / 2));
  const names = Object.keys(servers);
  const next = numbers(7);
  const name = (): string => names[next(names.length)] ?? "";
  return { servers, links: Array.from({ length: 10 * size }, () => link(`${name()} -> ${name()}`)) };
}

/** 60 servers in four regions: eleven web servers behind a primary nameserver with three others, of which two send nothing. */
export function fourRegions(): TopologyInput {
  const servers: TopologyInput["servers"] = {};
  const all: NonNullable<TopologyInput["links"]> = [];
  for (const [place, region] of ["eu", "us", "asia", "africa"].entries()) {
    for (let number = 1; number <= 4; number += 1) {
      const address = `10.${place}.0.${number}`;
      servers[`${region}-ns${number}`] = { type: "dnsonly", address, intermediary: number === 1 };
      if (number > 1) all.push(link(`${region}-ns1 -> ${region}-ns${number}`));
    }
    for (let number = 1; number <= 11; number += 1) {
      servers[`${region}-web${number}`] = { type: "cpanel", address: `10.${place}.1.${number}` };
      all.push(link(`${region}-web${number} -> ${region}-ns1`, number > 2 ? "write-only" : "standalone"));
    }
  }
  return { servers, links: all };
}

/** The same, with web servers that also feed a nameserver of another region: each of them has links of its own. */
export function meshedRegions(): TopologyInput {
  const { servers, links = [] } = fourRegions();
  const regions = ["eu", "us", "asia", "africa"];
  const across = regions.flatMap((region, place) =>
    [3, 4, 5, 6, 7, 8].flatMap((number) =>
      regions
        .filter((_, other) => other !== place && (number + other) % 3 === 0)
        .map((other) => link(`${region}-web${number} -> ${other}-ns${2 + (number % 2)}`)),
    ),
  );
  return { servers, links: [...links, ...across] };
}

/** Many clusters of twelve servers, the way single resources declare them. */
export function manyClusters(size: number): TopologyInput {
  const parts = clustersOf(size);
  return {
    servers: Object.assign({}, ...parts.map((part) => part.servers)) as TopologyInput["servers"],
    links: parts.flatMap((part) => part.links ?? []),
  };
}

/** The same clusters, each by itself. */
export function clustersOf(size: number): TopologyInput[] {
  const clusters = Array.from({ length: Math.floor(size / 12) }, (_, index) => index);
  return clusters.map((index) => renamed(linkedDirectly(12), `c${index}-`));
}

function renamed({ servers, links = [] }: TopologyInput, prefix: string): TopologyInput {
  return {
    servers: Object.fromEntries(
      Object.entries(servers).map(([name, server]) => [prefix + name, { ...server, address: undefined }]),
    ),
    links: links.map(({ from, to, role }) => ({ from: prefix + from, to: prefix + to, role })),
  };
}

function fleet(webServers: number, nameservers: number): TopologyInput["servers"] {
  const servers: TopologyInput["servers"] = {};
  for (let index = 0; index < webServers; index += 1) {
    servers[`web${index}`] = { type: "cpanel", address: `10.0.${index >> 8}.${index & 255}` };
  }
  for (let index = 0; index < nameservers; index += 1) {
    const address = `10.1.${index >> 8}.${index & 255}`;
    servers[`ns${index}`] = { type: "dnsonly", address, intermediary: index === 0 };
  }
  return servers;
}

/** A generator that gives the same numbers at each run: a linear congruence, of which only the high bits are used. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
