import fc from "fast-check";
import type { PlainServer } from "../../../provider/schema/server";
import type { TopologyInput } from "../../../provider/schema/topology";
import { ServerError } from "../../../provider/servers";
import {
  auditSurvey,
  declarationOf,
  type Audit,
  type Declaration,
  type DeclaredToken,
} from "../../../provider/survey";
import { isRejected, validateTopology } from "../../../provider/topology";
import { oneIn, sampleInWords, sampleOf } from "../../helpers/sample";
import { arbitraryCluster } from "../../topology/arbitrary-clusters";
import type { Mutation } from "./mutation";
import { mutations } from "./mutations";
import { standing, type FakeSurvey } from "./standing";

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

/** A cluster that is declared, and servers on which it stands. */
interface Case {
  readonly topology: TopologyInput;
  readonly declaration: Declaration;
  readonly stands: () => FakeSurvey;
}

/** A topology file leaves tokens to be derived, or lists them. A stack names each, and may have some for other purposes. */
function caseOf(topology: TopologyInput, isStack: boolean): Case {
  if (!isStack) return { topology, declaration: declarationOf([topology]), stands: () => standing(topology) };
  const stands = (): FakeSurvey => {
    const survey = standing(topology);
    for (const { tokens } of survey.servers.values()) tokens.push({ ...monitoring });
    return survey;
  };
  const { servers, uses } = stands();
  const own = uses.map(({ holder, peer, token }) => tokenOf(peer, [holder], token!));
  const others = [...servers.keys()].map((name) => tokenOf(name, [], monitoring));
  return { topology, declaration: declarationOf([topology], {}, [...own, ...others]), stands };
}

const monitoring = {
  name: "monitoring",
  acls: ["clustering"],
  whitelistIps: ["198.51.100.1"],
  createTime: 1,
  expiresAt: 5_000,
};

function tokenOf(
  server: string,
  users: readonly string[],
  { name, acls, whitelistIps, expiresAt }: NonNullable<FakeSurvey["uses"][number]["token"]>,
): DeclaredToken {
  return { server, users, name, settings: { acls, whitelistIps, expiresAt } };
}

function found({ elements }: Audit): unknown[] {
  const all = elements.flatMap(({ differences }) => differences);
  return all.map(({ kind, server, peer }) => [kind, server, peer]);
}

/** Makes one change in one place and expects exactly what is due to it; undefined if there is no such place. */
function tryAt({ declaration, stands }: Case, mutate: Mutation, draw: number): number | undefined {
  const survey = stands();
  let places = 0;
  const expected = mutate(survey, declaration, (items) => items[draw % (places = items.length)]);
  if (expected === undefined) return undefined;
  expect(found(auditSurvey(declaration, survey, now))).toEqual(expected);
  return places;
}

/** Drawn once, because most of the time goes into drawing. */
const drawn = fc.sample(fc.tuple(accepted, fc.boolean()), 40).map((each) => caseOf(...each));
const aCluster = fc.constantFrom(...drawn);

describe("an audit of a random cluster", () => {
  test("[U] that stands as declared finds nothing", () => {
    for (const { declaration, stands } of drawn)
      expect(found(auditSurvey(declaration, stands(), now))).toEqual([]);
  });

  test.each(Object.entries(mutations))("[U] finds exactly that %s", (_title, mutate) => {
    let tried = 0;
    fc.assert(
      fc.property(aCluster, fc.nat(), (declared, draw) => {
        if (tryAt(declared, mutate, draw) !== undefined) tried += 1;
      }),
      { numRuns: 25 },
    );
    expect(tried).toBeGreaterThan(3);
  });

  const clusters = sampleOf(drawn.slice(0, 12), 4);
  const isTried = oneIn(20);

  test(`[U] finds every change in every place of it (${sampleInWords})`, () => {
    const counts = { clusters: clusters.length, servers: 0, changes: 0 };
    for (const declared of clusters) {
      counts.servers += declared.declaration.servers.size;
      for (const mutate of Object.values(mutations))
        for (let at = 0, places = 1; at < places; at += 1) {
          if (at > 0 && !isTried()) continue;
          places = tryAt(declared, mutate, at) ?? 0;
          counts.changes += Math.min(places, 1);
        }
    }
    expect(counts.changes).toBeGreaterThan(30 * clusters.length);
  }, 1_200_000);

  test("[U] of which one server can't be read finds nothing that is due to it", () => {
    fc.assert(
      fc.property(aCluster, fc.nat(), ({ topology }, draw) => {
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
