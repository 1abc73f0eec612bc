import type { TopologyGateInputs } from "../../schema/topology-gate";
import {
  allClaims,
  dropClaims,
  holdsAddress,
  ownerOf,
  readMember,
  readTrustedAddresses,
  type Claim,
  type Server,
} from "../../servers";
import { isForgotten, servers } from "../engine/session";

/**
 * Takes back a stack's claims on things that are gone. When somebody removes a thing by hand, a refresh drops its
 * resource from the state, and nothing else would ever remove the claim.
 */
export async function dropLostClaims(gate: TopologyGateInputs): Promise<void> {
  const known = new Set(servers().names());
  const names = writtenServers(gate).filter((name) => known.has(name) && !isForgotten(name));
  await Promise.all(
    names.map(async (name) => {
      const server = servers().get(name);
      await server.exclusively(async () => dropClaims(server, await lostClaims(server, gate)));
    }),
  );
}

async function lostClaims(server: Server, { logicalName }: TopologyGateInputs): Promise<Claim[]> {
  const { owner } = ownerOf(logicalName);
  // A canary zone is removed before its claim, by whoever proves the cluster.
  const own = (await allClaims(server)).filter(
    ({ kind, content }) => kind !== "zone" && content?.owner === owner,
  );
  const hasLines = own.some(({ kind }) => kind === "line");
  const text = hasLines ? ((await readTrustedAddresses(server)) ?? "") : "";
  const stands = await Promise.all(
    own.map(async ({ kind, key }) =>
      kind === "line" ? holdsAddress(text, key) : (await readMember(server, key)) !== undefined,
    ),
  );
  return own.filter((_claim, index) => !stands[index]);
}

/** Lists the servers on which something of a topology is written. */
function writtenServers({ topology }: TopologyGateInputs): string[] {
  const { links, trusts = [], trustedAddresses = {} } = topology;
  return [
    ...new Set([
      ...links.map(({ from }) => from),
      ...trusts.map(({ peer }) => peer),
      ...Object.keys(trustedAddresses),
    ]),
  ];
}
