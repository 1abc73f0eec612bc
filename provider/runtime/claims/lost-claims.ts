import type { TopologyGateInputs } from "../../schema/topology-gate";
import {
  claimsOfKind,
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
 * Takes back the claims of a stack on things that are gone. Somebody has removed them by hand, and a refresh has dropped their
 * resources from the state: nothing else would ever take these claims away.
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
  const [members, lines] = await Promise.all([claimsOfKind(server, "member"), claimsOfKind(server, "line")]);
  const own = [...members, ...lines].filter(({ content }) => content?.owner === owner);
  const text = lines.length > 0 ? ((await readTrustedAddresses(server)) ?? "") : "";
  const stands = await Promise.all(
    own.map(async ({ kind, key }) =>
      kind === "line" ? holdsAddress(text, key) : (await readMember(server, key)) !== undefined,
    ),
  );
  return own.filter((_claim, index) => !stands[index]);
}

/** Servers on which something of a topology is written. */
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
