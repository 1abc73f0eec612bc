import type { PlainServer, Server as ServerSettings } from "../../schema/server";
import type { ClusterToken, Link, Topology, Trust } from "../../schema/topology";
import { holdsAddress } from "../../servers";
import { inReadingOrder } from "../../topology";
import type { Survey } from "../server-survey";
import type { FoundEntry } from "./found-entry";
import { usualHost } from "./one-host";
import { trustsAmong } from "./trusts";

/** Returns the topology of entries, with everything that the servers hold for it and nothing that is derived. */
export function topologyOf(entries: readonly FoundEntry[], survey: Survey): Topology {
  const names = inReadingOrder([...new Set(entries.flatMap(({ holder, about }) => [holder, about]))]);
  const servers = Object.fromEntries(names.map((name) => [name, factsOf(name, entries, survey)]));
  const isTrust = trustsAmong(entries);
  return {
    servers,
    links: entries.filter((entry) => !isTrust(entry)).map((entry) => linkOf(entry, servers)),
    trusts: entries.filter(isTrust).map((entry) => trustOf(entry, servers)),
    trustedAddresses: trustedAddresses(names, servers, survey),
    apiTokens: tokensOf(entries),
  };
}

/** Returns the facts about a server: as the connections give them, with what runs there and the name that others store. */
export function factsOf(name: string, entries: readonly FoundEntry[], { servers }: Survey): PlainServer {
  const survey = servers.get(name);
  const { connection: _connection, api: _api, hostname: given, ...facts } = survey?.settings ?? nothing;
  const stored = usualHost(name, entries) ?? given;
  const isAddress = stored === facts.address || stored === facts.publicAddress;
  const hostname = stored === undefined || isAddress ? {} : { hostname: stored };
  return { ...facts, type: survey?.product ?? facts.type, ...hostname };
}

const nothing: ServerSettings = { type: "cpanel" };

type Facts = Readonly<Record<string, PlainServer>>;

function linkOf({ holder, about, role, key }: FoundEntry, servers: Facts): Link {
  return { from: holder, to: about, role, via: viaOf(servers[about] ?? {}, key) };
}

function trustOf({ holder, about, key }: FoundEntry, servers: Facts): Trust {
  return { server: about, peer: holder, via: viaOf(servers[about] ?? {}, key) };
}

/** Lists the addresses of the cluster's servers that each one trusts. Other lines are somebody else's. */
function trustedAddresses(
  names: readonly string[],
  facts: Facts,
  { servers }: Survey,
): Record<string, string[]> {
  const known = Object.values(facts).flatMap(({ address, publicAddress }) =>
    [address, publicAddress].filter((each) => each !== undefined),
  );
  const lists = names.map((name): [string, string[]] => {
    const text = servers.get(name)?.trustedAddresses ?? "";
    return [name, inReadingOrder(known.filter((address) => holdsAddress(text, address)))];
  });
  return Object.fromEntries(lists.filter(([, addresses]) => addresses.length > 0));
}

/** Lists the tokens of entries. One that several servers store is one token with several users. */
function tokensOf(entries: readonly FoundEntry[]): ClusterToken[] {
  const tokens = new Map<string, ClusterToken>();
  for (const { holder, about, token } of entries) {
    const place = `${about}\0${token.name}`;
    const users = inReadingOrder([...(tokens.get(place)?.users ?? []), holder]);
    const acls = token.acls.includes("all") ? ["all"] : token.acls;
    tokens.set(place, {
      server: about,
      users,
      acls,
      ...(token.whitelistIps.length > 0 && { whitelistIps: token.whitelistIps }),
      ...(token.expiresAt !== undefined && { expiresAt: token.expiresAt }),
    });
  }
  return [...tokens.values()];
}

/** Returns which address of a server an entry stores it under. */
function viaOf(
  { publicAddress }: Pick<ServerSettings, "publicAddress">,
  key: string,
): "address" | "publicAddress" {
  return key === publicAddress ? "publicAddress" : "address";
}
