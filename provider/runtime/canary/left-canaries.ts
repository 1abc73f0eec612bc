import type { Topology } from "../../schema/topology";
import { claimId, claimNamesOfKind } from "../../servers";
import { inTime } from "../engine/in-time";
import { readableNames, servers } from "../engine/session";
import { recognise } from "../recognising/recognised";
import { NameserverAnswers } from "./nameserver-answers";
import { placesFinder } from "./places";
import { forgetCanary, removeCanary, type Canary } from "./removal";

/** Milliseconds to wait for a server to list its claims. */
const patience = 8_000;

/** Returns who claims the canaries of a cluster. */
export function canaryClaimant(logicalName: string): { type: string; logicalName: string } {
  return { type: "ClusterProof", logicalName };
}

/**
 * Removes the canaries that earlier runs of a cluster have left, because they were killed or a server did not answer.
 *
 * @returns a sentence for each server that still has one, or may have it
 */
export async function removeLeftCanaries({
  logicalName,
  topology,
}: {
  readonly logicalName: string;
  readonly topology: Topology;
}): Promise<string[]> {
  const canaries = await claimedCanaries(claimId(canaryClaimant(logicalName)));
  const [findPlaces, answers] = [placesFinder(), new NameserverAnswers()];
  const left = await Promise.all(
    canaries.map(async (canary) => {
      const { names } = await findPlaces(canary.origin).catch(() => ({ names: [] }));
      const still = await removeCanary(canary, namesToSearch(topology, names), answers);
      if (still.length === 0) await forgetCanary(canary);
      return still;
    }),
  );
  return [...new Set(left.flat())];
}

/** Lists the servers on which a canary of a cluster may stand. A drained server gets no zones and may be down. */
export function namesToSearch({ servers: declared }: Topology, places: readonly string[]): string[] {
  const readable = new Set(readableNames());
  const known = Object.keys(declared).filter((name) => declared[name]?.drain === undefined);
  return [...new Set([...places, ...known])].filter((name) => readable.has(name));
}

/** Lists the canaries that a cluster claims, on whatever server. One that can't be read tells nothing. */
async function claimedCanaries(id: string): Promise<Canary[]> {
  const found = await Promise.all(
    readableNames().map(async (origin) => {
      const claims = await inTime(origin, patience, zoneClaims(origin)).catch(() => []);
      return claims.filter((claim) => claim.id === id).map((claim) => ({ origin, claim }));
    }),
  );
  return found.flat();
}

async function zoneClaims(name: string) {
  const server = servers().get(name);
  await recognise(server);
  return claimNamesOfKind(server, "zone");
}
