import type { TopologyGateInputs } from "../schema/topology-gate";
import {
  announce,
  announcementText,
  claimId,
  ownerOf,
  renewAnnouncement,
  textOfAnnouncement,
  type AnnouncedLinks,
} from "../servers";
import { isNameserver } from "../topology";
import { isForgotten, servers } from "./session";

/** Milliseconds between two signs of life of a run. */
const beat = 5_000;

/** The announcements of a gate: what its servers are about to store. */
export class GateAnnouncements {
  private readonly id: string;
  private readonly earlier = new Map<string, string | undefined>();
  private pulse: NodeJS.Timeout | undefined;

  constructor(private readonly gate: TopologyGateInputs) {
    this.id = gateId(gate);
  }

  get isStanding(): boolean {
    return this.earlier.size > 0;
  }

  /** Announces on each server the feeding links that it will store. */
  async make(): Promise<void> {
    await Promise.all(
      storingServers(this.gate).map(async (name) => {
        const server = servers().get(name);
        await server.exclusively(async () => {
          const earlier = await announcementText(server, this.id);
          const text = textOfAnnouncement(contentFor(name, this.gate));
          this.earlier.set(name, earlier);
          await (earlier === text ? renewAnnouncement(server, this.id) : announce(server, this.id, text));
        });
      }),
    );
    this.pulse = setInterval(() => this.renew(), beat).unref();
  }

  /** Puts back what stood there before: a refused plan leaves the servers as they were. */
  async takeBack(): Promise<void> {
    clearInterval(this.pulse);
    const earlier = [...this.earlier];
    this.earlier.clear();
    await Promise.all(
      earlier.map(async ([name, text]) => {
        const server = servers().get(name);
        await server.exclusively(() => announce(server, this.id, text));
      }),
    );
  }

  private renew(): void {
    // A sign of life that is lost is no harm: the next one follows, and the work itself reports a server that is gone.
    for (const name of this.earlier.keys())
      renewAnnouncement(servers().get(name), this.id).catch(() => undefined);
  }
}

/** Takes back the announcements of a gate on servers that store none of its links any more. */
export async function withdraw(gate: TopologyGateInputs, kept?: TopologyGateInputs): Promise<void> {
  const known = new Set(servers().names());
  const staying = new Set(kept ? storingServers(kept) : []);
  const leaving = storingServers(gate).filter(
    (name) => known.has(name) && !isForgotten(name) && !staying.has(name),
  );
  await Promise.all(
    leaving.map(async (name) => {
      const server = servers().get(name);
      await server.exclusively(() => announce(server, gateId(gate), undefined));
    }),
  );
}

/** Servers that store feeding links of a gate. */
export function storingServers({ topology }: TopologyGateInputs): string[] {
  const names = topology.links.filter(({ role }) => role !== "standalone").map(({ from }) => from);
  return [...new Set(names)];
}

function gateId({ logicalName }: TopologyGateInputs): string {
  return claimId({ type: "TopologyGate", logicalName });
}

function contentFor(name: string, { topology, logicalName }: TopologyGateInputs): AnnouncedLinks {
  const links = topology.links.flatMap(({ from, to, role }) => {
    const address = topology.servers[to]?.address;
    return from === name && role !== "standalone" && address !== undefined ? [{ address, role }] : [];
  });
  const facts = topology.servers[name];
  return {
    format: 1,
    ...ownerOf(logicalName),
    nameserver: facts !== undefined && isNameserver(facts),
    links,
  };
}
