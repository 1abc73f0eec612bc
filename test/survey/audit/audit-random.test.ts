import fc from "fast-check";
import type { PlainServer } from "../../../provider/schema/server";
import type { TopologyInput } from "../../../provider/schema/topology";
import { ServerError } from "../../../provider/servers";
import { auditSurvey, declarationOf, type Audit } from "../../../provider/survey";
import { isRejected, validateTopology } from "../../../provider/topology";
import { arbitraryCluster } from "../../topology/arbitrary-clusters";
import { mutations } from "./mutations";
import { standing } from "./standing";

const now = 1_000;

/** Accepted clusters, of which some servers are behind NAT and some say more about themselves. */
const accepted = fc
  .tuple(arbitraryCluster(), fc.infiniteStream(fc.nat(63)))
  .map(([topology, draws]): TopologyInput => {
    const servers = Object.entries(topology.servers).map(([name, server], at) => [
      name,
      described(server, name, at, draws.next().value as number),
    ]);
    return { ...topology, servers: Object.fromEntries(servers) as Record<string, PlainServer> };
  })
  .filter((topology) => !isRejected(validateTopology(topology)));

function described(server: PlainServer, name: string, at: number, draw: number): PlainServer {
  return {
    ...server,
    ...(draw & 1 && { hostname: `${name}.example.com` }),
    ...(draw & 2 && { version: "11.136.0.5" }),
    ...(draw & 4 && { dnsServer: "bind" }),
    ...((draw & 24) === 24 && { publicAddress: `203.0.113.${at}` }),
  };
}

function found({ elements }: Audit): unknown[] {
  const all = elements.flatMap(({ differences }) => differences);
  return all.map(({ kind, server, peer }) => [kind, server, peer]);
}

describe("an audit of a random cluster", () => {
  test("[U] that stands as declared finds nothing", () => {
    fc.assert(
      fc.property(accepted, (topology) => {
        const audit = auditSurvey(declarationOf([topology]), standing(topology), now);
        expect(found(audit)).toEqual([]);
      }),
    );
  });

  test.each(Object.entries(mutations))("[U] finds exactly that %s", (_title, mutate) => {
    let tried = 0;
    fc.assert(
      fc.property(accepted, fc.nat(), (topology, draw) => {
        const declaration = declarationOf([topology]);
        const survey = standing(topology);
        const pick = <Item>(items: readonly Item[]): Item | undefined => items[draw % items.length];
        const expected = mutate(survey, declaration, pick);
        if (expected === undefined) return;
        tried += 1;
        expect(found(auditSurvey(declaration, survey, now))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
    expect(tried).toBeGreaterThan(3);
  });

  test("[U] of which one server can't be read finds nothing that is due to it", () => {
    fc.assert(
      fc.property(accepted, fc.nat(), (topology, draw) => {
        const { servers, uses } = standing(topology);
        const lost = [...servers.keys()][draw % servers.size]!;
        servers.delete(lost);
        const down = {
          code: "unreachable",
          server: lost,
          phrase: "connect",
          said: "down",
          wayOut: "Wait.",
        } as const;
        const unreadable = new Map([[lost, new ServerError(down)]]);
        const left = uses.filter(({ holder, peer }) => ![holder, peer].includes(lost));
        const audit = auditSurvey(declarationOf([topology]), { servers, unreadable, uses: left }, now);
        expect(found(audit)).toEqual([]);
        expect([...audit.unreadable]).toEqual([
          [lost, `Failed to connect on ${lost}: down [unreachable]. Wait.`],
        ]);
      }),
      { numRuns: 25 },
    );
  });
});
