import type { ClusterToken, Topology, TopologyInput } from "../../provider/schema/topology";
import { completeTopology } from "../../provider/topology";

/** What a program of the matrix declares. */
export interface Plan {
  /** Everything, as one topology with trusts, addresses and tokens filled in. */
  whole: Topology;
  /** The same one by one; the end of `last` breaks the rule, as far as one declaration does. */
  first: Entry[];
  last: Entry[];
  /** The same as several clusters. */
  parts: TopologyInput[];
  /** Whether how to reach the servers comes from other resources. */
  unknownConnections?: boolean;
  /** How long a program waits that waits, in milliseconds. @default 700 */
  pause?: number;
}

/** One link, trust or trusted address; `holder` is the server that stores it. */
export type Entry = { kind: "link" | "trust" | "address"; holder: string } & Record<string, unknown>;

/** The plan of a topology. What a part of it does not have comes last; without a part, that is the last link. */
export function planOf(topology: TopologyInput, part?: TopologyInput): Plan {
  const whole = completeTopology(topology);
  const tokens = whole.apiTokens ?? [];
  // No token is derived for a link to an unknown server, or to itself; it needs one all the same, to be declared at all.
  const missing = topology.apiTokens ? null : {};
  const entries = (each: Topology) =>
    entriesOf(each, (opened, user) => settingsOf(tokens, opened, user) ?? missing);
  const first = entries(part ? completeTopology(part) : { ...whole, links: whole.links.slice(0, -1) });
  const known = new Set(first.map((entry) => JSON.stringify(entry)));
  const last = entries(whole).filter((entry) => !known.delete(JSON.stringify(entry)));
  return { whole, first, last: last.reverse(), parts: [] };
}

type FindToken = (opened: string, user: string) => object | null;

/** Everything that a topology consists of, in its order. */
function entriesOf({ links, trusts = [], trustedAddresses = {} }: Topology, findToken: FindToken): Entry[] {
  const opening = (opened: string, user: string) => ({ opened, user, token: findToken(opened, user) });
  return [
    ...links.map((link) => linkEntry({ holder: link.from, ...link, ...opening(link.to, link.from) })),
    ...trusts.map((trust) =>
      trustEntry({ holder: trust.peer, ...trust, ...opening(trust.server, trust.peer) }),
    ),
    ...Object.entries(trustedAddresses).flatMap(([server, addresses]) =>
      addresses.map((address): Entry => ({ kind: "address", holder: server, server, address })),
    ),
  ];
}

const linkEntry = (fields: { holder: string }): Entry => ({ kind: "link", ...fields });
const trustEntry = (fields: { holder: string }): Entry => ({ kind: "trust", ...fields });

/** The settings of the token with which a server opens another. */
function settingsOf(tokens: readonly ClusterToken[], opened: string, user: string): object | undefined {
  const found = tokens.find(({ server, users }) => server === opened && (users?.includes(user) ?? true));
  if (!found) return undefined;
  const { acls, whitelistIps } = found;
  return { ...(acls && { acls }), ...(whitelistIps && { whitelistIps }) };
}
