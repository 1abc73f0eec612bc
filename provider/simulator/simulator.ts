import type { Server } from "../schema/server";
import { makeCertificate, makeKeyPair, type KeyPair } from "./credentials";
import type { FaultName, FaultOptions } from "./faults";
import { identify, type Identity } from "./identity";
import { Journal, type JournalEntry, type Watcher } from "./journal";
import { clusteringFlag, listMembers, type Member } from "./members";
import { Network } from "./network";
import type { SimulatedServerOptions, SimulatorOptions } from "./options";
import { RunningServer } from "./running-server";
import { openBackDoor, type SimulatedFiles } from "./simulated-files";
import { SimulatedServer, type World } from "./simulated-server";
import { VirtualFiles } from "./virtual-files";

/**
 * Starts simulated WHM and DNSOnly servers on loopback.
 *
 * @example
 * ```ts
 * const sim = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
 * const provider = new whm.Provider("whm", { servers: sim.servers });
 * await sim.stop();
 * ```
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const simulator = new Simulator(options.clock ?? Date.now);
  try {
    await simulator.addServers(options.servers);
  } catch (error) {
    await simulator.stop();
    throw error;
  }
  return simulator;
}

/** A running simulator. */
export class Simulator {
  /** Values for `Provider.servers`, by name. */
  readonly servers: Record<string, Server> = {};
  private readonly running = new Map<string, RunningServer>();
  private readonly identities = new Map<string, Identity>();
  private readonly network = new Network();
  private readonly client: KeyPair = makeKeyPair();
  private readonly world: World;

  constructor(clock: () => number) {
    this.world = {
      now: clock,
      journal: new Journal(),
      find: (from, address) => this.network.find(from, address)?.server,
    };
  }

  /** Starts one more server. Resolves with its value for `Provider.servers`. */
  async addServer(name: string, options: SimulatedServerOptions): Promise<Server> {
    const [value] = await this.addServers({ [name]: options });
    if (value === undefined) throw new Error(`The simulated server "${name}" did not start.`);
    return value;
  }

  /** Starts several more servers at the same time. Resolves with their values for `Provider.servers`. */
  async addServers(servers: Readonly<Record<string, SimulatedServerOptions>>): Promise<Server[]> {
    const entries = Object.entries(servers);
    const twice = entries.find(([name]) => this.identities.has(name));
    if (twice) throw new Error(`There is already a simulated server "${twice[0]}".`);
    const taken = new Set([...this.identities.values(), ...Object.values(servers)].flatMap(addressesOf));
    const started = entries.map(([name, options]) => {
      const identity = identify(name, options, taken);
      taken.add(identity.address);
      this.identities.set(name, identity);
      return this.startServer(identity, options);
    });
    const values = await Promise.all(started);
    entries.forEach(([name], at) => Object.assign(this.servers, { [name]: values[at] }));
    return values;
  }

  /** Returns everything that came in at any door since the start or the last `clearJournal`, in order. */
  journal(): JournalEntry[] {
    return this.world.journal.read();
  }

  /** Clears the journal. */
  clearJournal(): void {
    this.world.journal.clear();
  }

  /**
   * Calls a function with each event as it comes in, before it is carried out. This is the time to break a connection.
   *
   * @returns a function that ends the watch
   */
  watch(watcher: Watcher): () => void {
    return this.world.journal.watch(watcher);
  }

  /** Returns direct access to the files of a server. */
  files(server: string): SimulatedFiles {
    return openBackDoor(this.get(server).state.files);
  }

  /** Returns the members of a server's cluster as WHM sees them, without their secrets. */
  members(server: string, user = "root"): SeenMember[] {
    return listMembers(this.get(server).state.files, user).map(withoutSecret);
  }

  /** Returns true if clustering is on. */
  clustering(server: string): boolean {
    return this.get(server).state.files.find(clusteringFlag) !== undefined;
  }

  /**
   * Injects a fault into a server until `clearFaults`.
   *
   * @throws Error for an unknown server or fault. The message lists the choices.
   */
  fault(server: string, name: FaultName, options: FaultOptions = {}): void {
    this.get(server).fault(name, options);
  }

  /** Ends all faults, of one server or of all. */
  clearFaults(server?: string): void {
    const servers = server === undefined ? [...this.running.values()] : [this.get(server)];
    for (const each of servers) each.clearFaults();
  }

  /** Closes every connection and port. */
  async stop(): Promise<void> {
    await Promise.all([...this.running.values()].map((server) => server.stop()));
  }

  private get(name: string): RunningServer {
    const server = this.running.get(name);
    if (server) return server;
    throw new Error(
      `There is no simulated server "${name}"; there are ${[...this.running.keys()].join(", ")}.`,
    );
  }

  private async startServer(identity: Identity, options: SimulatedServerOptions): Promise<Server> {
    const files = new VirtualFiles(this.world.now);
    const state = new SimulatedServer(identity, options, this.world, files);
    const keys = {
      host: makeKeyPair(),
      client: this.client,
      certificate: makeCertificate(identity.hostname),
    };
    const server = new RunningServer(state, files, keys, this.network);
    this.running.set(identity.name, server);
    await server.start();
    return server.value();
  }
}

function addressesOf(server: { address?: string | undefined; publicAddress?: string | undefined }): string[] {
  return [server.address, server.publicAddress].filter((address) => address !== undefined);
}

/** A member without its secret. */
export interface SeenMember extends Omit<Member, "entry"> {
  /** Fields of the member file; undefined for a role file without one. */
  readonly entry:
    | {
        /** WHM user on the member who owns the token. */
        readonly user: string;
        /** Host name of the member. */
        readonly host: string;
        /** `cPanel` for a member of cPanel's own module; undefined for a file of the old form. */
        readonly module: string | undefined;
      }
    | undefined;
}

function withoutSecret({ key, role, entry }: Member): SeenMember {
  return { key, role, entry: entry && { user: entry.user, host: entry.host, module: entry.module } };
}
