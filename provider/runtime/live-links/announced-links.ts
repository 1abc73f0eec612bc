import type { Link } from "../../schema/topology";
import type { TopologyGateInputs } from "../../schema/topology-gate";
import {
  announce,
  announcementText,
  claimId,
  isServerError,
  ownerOf,
  renewAnnouncement,
  textOfAnnouncement,
  type AnnouncedLinks,
} from "../../servers";
import { isNameserver } from "../../topology";
import { isForgotten, servers } from "../engine/session";
import { unreached } from "../recognising/unreached";

/** Milliseconds between two signs of life of a run. */
const beat = 5_000;

/** Announcements of a gate: the links that its servers are about to store. */
export class GateAnnouncements {
  private readonly id: string;
  private readonly earlier = new Map<string, string | undefined>();
  private readonly silent = new Set<string>();
  private pulse: NodeJS.Timeout | undefined;

  /**
   * @param added new links; without new links, nothing is announced
   */
  constructor(
    private readonly gate: TopologyGateInputs,
    private readonly added: readonly Link[],
  ) {
    this.id = gateId(gate);
  }

  /** Whether everything is announced that can be. */
  isComplete = false;

  /** Announces on each server the feeding links that it will store. */
  async make(): Promise<void> {
    await Promise.all(
      [...new Set(this.added.map(({ from }) => from))].map(async (name) => {
        try {
          await servers()
            .get(name)
            .exclusively(() => this.makeOn(name));
        } catch (error) {
          // Its links are not made in this run, or are judged one by one if the server comes back.
          if (!isServerError(error, ...unreached, "refused-credential")) throw error;
          this.silent.add(name);
        }
      }),
    );
    this.isComplete = true;
    this.pulse = setInterval(() => this.renew(), beat).unref();
  }

  /** Whether an announcement covers the links that the server stores. */
  isMadeOn(name: string): boolean {
    return !this.silent.has(name);
  }

  /** Restores what was there before: a refused plan leaves the servers as they were. */
  async takeBack(): Promise<void> {
    clearInterval(this.pulse);
    this.isComplete = false;
    const earlier = [...this.earlier];
    this.earlier.clear();
    await Promise.all(
      earlier.map(async ([name, text]) => {
        const server = servers().get(name);
        await server.exclusively(() => announce(server, this.id, text));
      }),
    );
  }

  private async makeOn(name: string): Promise<void> {
    const server = servers().get(name);
    const earlier = await announcementText(server, this.id);
    const text = textOfAnnouncement(contentFor(name, this.gate));
    this.earlier.set(name, earlier);
    await (earlier === text ? renewAnnouncement(server, this.id) : announce(server, this.id, text));
  }

  private renew(): void {
    // A lost sign of life does no harm: the next one follows, and the work itself reports a server that is gone.
    for (const name of this.earlier.keys())
      renewAnnouncement(servers().get(name), this.id).catch(() => undefined);
  }
}

/** Takes back the announcements of a gate on servers that no longer store any of its links. */
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

/** Lists the servers that store feeding links of a gate. */
function storingServers({ topology }: TopologyGateInputs): string[] {
  const names = topology.links.filter(({ role }) => role !== "standalone").map(({ from }) => from);
  return [...new Set(names)];
}

function gateId({ logicalName }: TopologyGateInputs): string {
  return claimId({ type: "TopologyGate", logicalName });
}

function contentFor(name: string, { topology, logicalName }: TopologyGateInputs): AnnouncedLinks {
  const links = topology.links.flatMap(({ from, to, role }) => {
    const { address, publicAddress } = topology.servers[to] ?? {};
    if (from !== name || role === "standalone" || address === undefined) return [];
    return [{ address, ...(publicAddress !== undefined && { publicAddress }), role }];
  });
  const facts = topology.servers[name];
  return {
    format: 1,
    ...ownerOf(logicalName),
    nameserver: facts !== undefined && isNameserver(facts),
    links,
  };
}
