import {
  isServerError,
  someAtOnce,
  tlsOf,
  type PeerTls,
  type Server,
  type ServerRegistry,
} from "../../servers";
import { memoize } from "../../topology";
import { lookAt, type Pace } from "../at-once";
import type { ClusterStatus } from "../status/cluster-status";
import { notAsked, tryWay, type WayToken } from "./try-way";
import type { TriedWay, Way } from "./way";
import { waysOf, type EntryWay } from "./ways";

/** Calls that one server makes at the same time. One that a firewall drops waits for twenty seconds. */
const mostAtOnce = 10;

/**
 * Tries all ways of a cluster, each from the server that uses it, over the connection that it was read with. Presents the
 * stored tokens, and writes nothing.
 */
export async function readReach(
  registry: ServerRegistry,
  status: ClusterStatus,
  pace: Pace,
): Promise<TriedWay[]> {
  const ways = waysOf(status);
  const tokens = new Tokens(registry, status);
  const callers = [...new Set(ways.map(({ server }) => server))];
  const { results, failures } = await lookAt(
    registry,
    callers,
    (from) =>
      tryAll(
        from,
        ways.filter(({ server }) => server === from.name),
        tokens,
      ),
    { ...pace, onProgress: undefined },
  );
  return callers.flatMap((name) => {
    const failure = failures.get(name);
    if (failure === undefined) return results.get(name) ?? [];
    return ways.filter(({ server }) => server === name).map((way) => tried(way, notAsked(failure)));
  });
}

async function tryAll(from: Server, ways: readonly (Way | EntryWay)[], tokens: Tokens): Promise<TriedWay[]> {
  await from.logIn();
  return someAtOnce(ways, mostAtOnce, async (way) =>
    tried(way, await tryWay(way, from, "user" in way ? await tokens.of(way) : undefined)),
  );
}

function tried(
  { server, peer, address, role, need }: Way,
  result: Pick<TriedWay, "state" | "said">,
): TriedWay {
  return { server, peer, address, role, need, ...result };
}

/** Decides which tokens are presented. One that is known to be refused would only feed WHM's brute-force guard. */
class Tokens {
  private readonly tls = memoize((peer: string) => this.learn(peer));
  private readonly now = Date.now() / 1000;

  constructor(
    private readonly registry: ServerRegistry,
    private readonly status: ClusterStatus,
  ) {}

  /** Returns what to present on a way, or why nothing is. */
  async of(way: EntryWay): Promise<WayToken | string> {
    const { peer, user, secret } = way;
    if (peer === undefined) return "no connection leads to this address, so nothing can prove what answers";
    const why = this.whyPointless(way);
    if (secret === undefined || why !== undefined) return why ?? "the entry holds no token";
    const tls = await this.tls(peer);
    return typeof tls === "string" ? tls : { to: this.registry.get(peer), tls, user, secret };
  }

  private whyPointless({ server, address, peer }: EntryWay): string | undefined {
    const use = this.status.uses.find((each) => each.holder === server && each.key === address);
    if (use === undefined) return undefined;
    if (use.token === undefined) return `${peer} does not know the token`;
    const { expiresAt } = use.token;
    return expiresAt !== undefined && expiresAt <= this.now ? "the token has expired" : undefined;
  }

  private async learn(peer: string): Promise<PeerTls | string> {
    const server = this.registry.get(peer);
    const { api } = server.settings;
    const isGiven = api?.ca !== undefined || api?.fingerprint !== undefined || api?.insecureSkipTlsVerify;
    // A server that could not be read would be dialled once more.
    if (!isGiven && !this.status.servers.has(peer))
      return `${peer} could not be read, so its certificate is not known`;
    try {
      return (await tlsOf(server)) ?? `the certificate of ${peer} can't be verified`;
    } catch (error) {
      if (!isServerError(error)) throw error;
      return `the certificate of ${peer} is not known: ${error.said}`;
    }
  }
}
