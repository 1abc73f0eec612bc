import type { PlainServer } from "../../schema/server";
import type { TopologyInput } from "../../schema/topology";
import { inReadingOrder, TopologyError } from "../../topology";

/** What the connections say of servers, by name. */
export type KnownServers = Readonly<Record<string, PlainServer>>;

/** Lists the names of all servers in a topology, sorted: those that it describes, and those that it only mentions. */
export function namesIn({
  servers,
  links = [],
  trusts = [],
  trustedAddresses = {},
  apiTokens = [],
}: TopologyInput): string[] {
  const names = [
    ...Object.keys(servers),
    ...links.flatMap(({ from, to }) => [from, to]),
    ...trusts.flatMap(({ server, peer }) => [server, peer]),
    ...Object.keys(trustedAddresses),
    ...apiTokens.flatMap(({ server, users = [] }) => [server, ...users]),
  ];
  return inReadingOrder([...new Set(names)]);
}

/**
 * Fills in what a topology leaves open and the connections know: addresses, and servers that it only mentions.
 *
 * @throws TopologyError when the two give a server different addresses: one of them leads to another machine
 */
export function withKnownServers(topology: TopologyInput, known: KnownServers): TopologyInput {
  const servers = namesIn(topology).flatMap((name): [string, PlainServer][] => {
    const [declared, other] = [topology.servers[name], known[name]];
    if (declared === undefined) return other ? [[name, plainOf(other)]] : [];
    return [[name, filled(name, declared, other)]];
  });
  return { ...topology, servers: Object.fromEntries(servers) };
}

const addresses = ["address", "publicAddress"] as const;

function filled(name: string, declared: PlainServer, known: PlainServer | undefined): PlainServer {
  const problems = addresses.flatMap((field) => {
    const [here, there] = [declared[field], known?.[field]];
    const isClear = here === undefined || there === undefined || here === there;
    return isClear ? [] : [`servers.${name}.${field}: ${here} here, but the connections say ${there}`];
  });
  if (problems.length > 0) throw new TopologyError(problems);
  const { address, publicAddress } = { ...plainOf(known), ...plainOf(declared) };
  return { ...declared, ...(address && { address }), ...(publicAddress && { publicAddress }) };
}

/** Returns what decides how a server is stored, without fields that have no value. */
function plainOf(server: PlainServer | undefined): PlainServer {
  const { type = "cpanel", address, publicAddress, nameserver } = server ?? {};
  return {
    type,
    ...(address !== undefined && { address }),
    ...(publicAddress !== undefined && { publicAddress }),
    ...(nameserver !== undefined && { nameserver }),
  };
}
