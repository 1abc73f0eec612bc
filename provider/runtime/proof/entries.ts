import type { Role } from "../../schema/role";
import type { PlainServer } from "../../schema/server";
import type { Link, Topology, Trust, Via } from "../../schema/topology";
import { storedRole, viaOfLink, viaOfTrust } from "../../topology";

/** An entry that must stand on a server after a run. */
export interface DeclaredEntry {
  /** Server that stores it. */
  readonly holder: string;
  /** Server that it is about. */
  readonly about: string;
  /** Address under which it is stored. */
  readonly key: string;
  readonly role: Role;
  /** Whether the guide wants the holder itself to confirm that it trusts the other server. */
  readonly isTrust: boolean;
  /** Other address under which the holder may know the server (NAT). */
  readonly otherAddress?: string | undefined;
  /** Whether nothing is sent for the time being, so that the other server may be down. */
  readonly isDrained: boolean;
}

/** Lists the entries of a topology. */
export function entriesOf(topology: Topology): DeclaredEntry[] {
  const servers = new Map(Object.entries(topology.servers));
  const links = topology.links.map((link) => entryOfLink(link, topology, viaOfLink(link, servers)));
  const trusts = (topology.trusts ?? []).map((trust) =>
    entryOfTrust(trust, topology, viaOfTrust(trust, servers)),
  );
  return [...links, ...trusts];
}

function entryOfLink(link: Link, { servers }: Topology, via: Via): DeclaredEntry {
  const role = storedRole(link, servers);
  return {
    holder: link.from,
    about: link.to,
    key: addressOf(servers[link.to], via),
    role,
    isTrust: false,
    isDrained: role !== link.role,
  };
}

function entryOfTrust({ server, peer }: Trust, { servers }: Topology, via: Via): DeclaredEntry {
  const about = servers[server];
  return {
    holder: peer,
    about: server,
    key: addressOf(about, via),
    role: "standalone",
    isTrust: true,
    otherAddress: about?.publicAddress,
    isDrained: about?.drain !== undefined || servers[peer]?.drain !== undefined,
  };
}

/** Returns the stored address. A rule makes sure that there is one. */
function addressOf(server: PlainServer | undefined, via: Via): string {
  return server?.[via] ?? server?.address ?? "";
}
