import type { TopologyInput } from "../../provider/schema/topology";
import { completeTopology, validateDeclared, validateTopology } from "../../provider/topology";
import { link } from "./builders";

/** Measured at a fifth of it and less; a busy machine must not fail the suite, a quadratic rule must. */
const bound = 3_000;

function fleet(webServers: number, nameservers: number): TopologyInput["servers"] {
  const servers: TopologyInput["servers"] = {};
  for (let index = 0; index < webServers; index += 1) {
    servers[`web${index}`] = { type: "cpanel", address: `10.0.${index >> 8}.${index & 255}` };
  }
  for (let index = 0; index < nameservers; index += 1) {
    servers[`ns${index}`] = { type: "dnsonly", address: `10.1.0.${index}`, intermediary: index === 0 };
  }
  return servers;
}

function allToAll(role: "sync" | "write-only"): TopologyInput {
  const links = Array.from({ length: 9_900 }, (_, index) =>
    link(`web${Math.floor(index / 10)} -> ns${index % 10}`, role),
  );
  return { servers: fleet(990, 10), links };
}

/** A generator that gives the same numbers at each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
}

function tangle(): TopologyInput {
  const servers = fleet(500, 500);
  const names = Object.keys(servers);
  const next = numbers(7);
  const name = (): string => names[next(names.length)] ?? "";
  return { servers, links: Array.from({ length: 10_000 }, () => link(`${name()} -> ${name()}`)) };
}

function behindPrimary(): TopologyInput {
  const direct = allToAll("sync").links?.filter(({ to }) => to !== "ns9") ?? [];
  return { servers: fleet(990, 10), links: [...direct, link("ns0 -> ns9"), link("ns0 -> ns1")] };
}

describe("1,000 servers and 10,000 links", () => {
  test.each([
    ["direct links", allToAll("sync")],
    ["write-only links that compete", allToAll("write-only")],
    ["everything given, nothing derived", completeTopology(allToAll("sync"))],
    ["a primary nameserver beside direct links", behindPrimary()],
    ["links at random, full of circles", tangle()],
  ])("[U] are judged in no time: %s", (_name, topology) => {
    const start = performance.now();
    validateTopology(topology);
    expect(performance.now() - start).toBeLessThan(bound);
  });

  test("[U] are judged in no time when they are declared twice over", () => {
    const topology = allToAll("sync");
    const start = performance.now();
    validateDeclared([topology], topology);
    expect(performance.now() - start).toBeLessThan(bound);
  });
});
