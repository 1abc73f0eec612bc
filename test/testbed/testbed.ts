import { mkdirSync, mkdtempSync } from "node:fs";
import type { Server as NetServer } from "node:net";
import { join } from "node:path";
import type { Server } from "../../provider/schema/server";
import { ApiDoor } from "../../provider/simulator/api-door";
import {
  makeCertificate,
  makeKeyPair,
  type Certificate,
  type KeyPair,
} from "../../provider/simulator/credentials";
import { identify, type Identity } from "../../provider/simulator/identity";
import { namesFor } from "../../provider/simulator/inside-network";
import { Journal, type JournalEntry } from "../../provider/simulator/journal";
import type { SimulatedServerOptions } from "../../provider/simulator/options";
import { openBackDoor, type SimulatedFiles } from "../../provider/simulator/simulated-files";
import { SimulatedServer } from "../../provider/simulator/simulated-server";
import { callersAt } from "./callers";
import { openCommandLine } from "./command-line";
import { DiskFiles } from "./disk-files";
import { drawnOpenSsh, usualOpenSsh, type OpenSsh } from "./openssh";
import { Sshd } from "./sshd";

/** One server of a test testbed. */
export interface BedServerOptions extends SimulatedServerOptions {
  /** Programs and `whmapi1` in its tree; without them it has file transfer alone. @default false */
  readonly commandLine?: boolean;
  /** Whether it stands behind NAT, all such servers of a testbed behind one router; the testbed chooses both addresses. @default false */
  readonly behindNat?: boolean;
  /** More lines of sshd's configuration for this server, such as `ForceCommand`. @default none */
  readonly sshd?: readonly string[];
}

export interface TestbedOptions {
  readonly servers: Readonly<Record<string, BedServerOptions>>;
  /** Of the one sshd that stands for all of them. @default sshd's own */
  readonly maxStartups?: string;
  /** More lines of that sshd's configuration. @default none */
  readonly sshd?: readonly string[];
  /** What serves its files: a program is started by the shell of whoever logs in. @default internal-sftp */
  readonly sftp?: string;
  /** Its version. @default the drawn one in test/openssh/connections, else this machine's */
  readonly openSsh?: OpenSsh;
}

/** Each worker of the test runner has a network of addresses and a port of its own. */
const worker = Number(process.env["JEST_WORKER_ID"] ?? 1);
let testbedsStarted = 0;

/**
 * Starts servers whose files lie on this machine, behind OpenSSH's own server. Their API is the simulator's, on the
 * same files, so that there is one truth. Runs only in a world of its own: see own-world.mjs.
 */
export async function startTestbed(options: TestbedOptions): Promise<Testbed> {
  const testbed = new Testbed(options);
  try {
    await testbed.start();
    return testbed;
  } catch (error) {
    await testbed.stop();
    throw error;
  }
}

/** Running servers behind one sshd. */
export class Testbed {
  /** A value for `Provider.servers`, by name. */
  readonly servers: Record<string, Server> = {};
  readonly sshd: Sshd;
  /** What root logs in with. */
  private readonly client: KeyPair = makeKeyPair();
  readonly port = 2200 + worker;
  private readonly hostKeys = makeKeyPair();
  private readonly journalBook = new Journal();
  private readonly names: readonly string[];
  private readonly number = (testbedsStarted += 1);
  private readonly folder = newFolder();
  private readonly doors: ApiDoor[] = [];
  private readonly commandLines: NetServer[] = [];
  private readonly identities: Identity[] = [];
  private readonly states: SimulatedServer[] = [];

  constructor(private readonly options: TestbedOptions) {
    this.names = Object.keys(options.servers);
    this.sshd = new Sshd({
      openSsh: options.openSsh ?? drawnOpenSsh(),
      folder: join(this.folder, "sshd"),
      port: this.port,
      hostKey: this.hostKeys.privateKey,
      clientKey: this.client.publicKey,
      maxStartups: options.maxStartups,
      settings: options.sshd,
      sftp: options.sftp,
      trees: this.names.flatMap((name) => {
        const { folder } = this.treeOf(name);
        const settings = options.servers[name]?.sshd;
        return Object.values(this.addressesOf(name)).map((address) => ({ address, folder, settings }));
      }),
    });
  }

  async start(): Promise<void> {
    const certificate = makeCertificate("testbed.example.com");
    for (const name of this.names) await this.startServer(name, certificate);
    await this.sshd.start();
  }

  /** Every call of an API, in order; what came in over SSH is in sshd's log. */
  journal(): JournalEntry[] {
    return this.journalBook.read();
  }

  /** The files of a server. */
  files(name: string): SimulatedFiles {
    return openBackDoor(this.treeOf(name));
  }

  /** The folder that is a server's `/`. */
  folderOf(name: string): string {
    return this.treeOf(name).folder;
  }

  async stop(): Promise<void> {
    await this.sshd.stop();
    await Promise.all(this.doors.map((door) => door.listener.close()));
    for (const door of this.commandLines) door.close();
  }

  private async startServer(name: string, certificate: Certificate): Promise<void> {
    const options = { ...this.options.servers[name]!, ...this.addressesOf(name) };
    const identity = identify(name, options, new Set());
    this.identities.push(identity);
    const world = {
      now: Date.now,
      journal: this.journalBook,
      find: (from: SimulatedServer, address: string) => this.find(from, address),
    };
    const files = this.treeOf(name);
    const state = new SimulatedServer(identity, options, world, files);
    this.states.push(state);
    await this.openDoors(state, certificate);
    if (options.commandLine) this.commandLines.push(await openCommandLine(state, files));
    this.servers[name] = this.valueOf(state, certificate);
  }

  private async openDoors(state: SimulatedServer, certificate: Certificate): Promise<void> {
    const { sshd, port, identities } = this;
    const testbed = { identities, sshd: () => ({ processId: sshd.processId, port }) };
    const { address, publicAddress } = state.identity;
    for (const host of [address, publicAddress].filter((each) => each !== undefined)) {
      const door = new ApiDoor(state, certificate, callersAt(host, state.identity, testbed), {
        host,
        port: 2087,
      });
      this.doors.push(door);
      await door.listener.open();
    }
  }

  private valueOf({ identity, providerToken }: SimulatedServer, { fingerprint }: Certificate): Server {
    const host = { host: identity.address, user: "root" };
    const { port, hostKeys, client } = this;
    return {
      type: identity.type,
      address: identity.address,
      hostname: identity.hostname,
      ...(identity.publicAddress !== undefined && { publicAddress: identity.publicAddress }),
      connection: { ...host, port, privateKey: client.privateKey, hostKey: hostKeys.publicKey },
      api: { ...host, port: 2087, token: providerToken, fingerprint },
    };
  }

  /** Finds the server that another one reaches under an address. */
  private find(from: SimulatedServer, address: string): SimulatedServer | undefined {
    return this.states.find(({ identity }) => namesFor(from.identity, identity).includes(address));
  }

  private addressesOf(name: string): { address: string; publicAddress?: string } {
    const isBehindNat = this.options.servers[name]?.behindNat === true;
    const address = this.addressOf(name);
    return isBehindNat ? { address, publicAddress: this.addressOf(name, 110) } : { address };
  }

  private addressOf(name: string, network = 10): string {
    const place = this.names.indexOf(name);
    return `127.${network + worker}.${(this.number << 2) + (place >> 8)}.${1 + (place & 255)}`;
  }

  private treeOf(name: string): DiskFiles {
    return new DiskFiles(join(this.folder, "trees", name));
  }
}

/** Never one that another test file has had: in its trees this machine's programs may be mounted. */
function newFolder(): string {
  usualOpenSsh(); // Outside of a world of its own nothing may be made here, and nothing mounted.
  mkdirSync("/run/pulumi-whm", { recursive: true, mode: 0o755 });
  return mkdtempSync("/run/pulumi-whm/testbed-");
}
