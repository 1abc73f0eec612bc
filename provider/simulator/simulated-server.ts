import { Faults } from "./faults";
import { layOutFreshServer, versionFile } from "./fresh-files";
import type { Identity } from "./identity";
import type { Door, Journal } from "./journal";
import { providerTokenName, type SimulatedServerOptions } from "./options";
import type { ServerFiles } from "./server-files";
import {
  hashOf,
  newSecret,
  printTokens,
  readTokens,
  tokenFileOf,
  withToken,
  type TokenStore,
} from "./tokens";

/** State that all servers of a simulator share. */
export interface World {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly journal: Journal;
  /** Finds the server that another one reaches under an address. @default nobody can be reached */
  readonly find?: (from: SimulatedServer, address: string) => SimulatedServer | undefined;
}

/** State of a server. Every answer is read from its files at the time of the request. */
export class SimulatedServer {
  readonly faults = new Faults();
  /** Secret of the token in `sim.servers[name].api`. */
  readonly providerToken = newSecret();

  constructor(
    readonly identity: Identity,
    readonly options: SimulatedServerOptions,
    readonly world: World,
    readonly files: ServerFiles,
  ) {
    layOutFreshServer(this.files, identity, options);
    const token = { name: providerTokenName, create_time: this.seconds() };
    this.saveTokens("root", withToken(this.tokensOf("root"), hashOf(this.providerToken), token));
  }

  /** Returns the version in the files, such as 11.136.0.5. */
  get version(): string {
    return (this.files.readText(versionFile) ?? "").trim();
  }

  /** Returns the number that changes with each release: 136 in 11.136.0.5. */
  get majorVersion(): number {
    const [first = "0", second = "0"] = this.version.split(".");
    return Number(first === "11" ? second : first);
  }

  /** Returns the seconds since the epoch, as the API counts time. */
  seconds(): number {
    return Math.floor(this.world.now() / 1000);
  }

  tokensOf(user: string): TokenStore {
    return readTokens(this.files.readText(tokenFileOf(user)));
  }

  saveTokens(user: string, tokens: TokenStore): void {
    this.files.writeText(tokenFileOf(user), printTokens(tokens), 0o600);
  }

  /** Records an event in the journal. */
  record(door: Door, event: { operation: string; target: string; write: boolean }): void {
    this.world.journal.record({ server: this.identity.name, door, ...event });
  }

  /** Tells watchers about a new connection to the API. */
  announceConnection(): void {
    const event = { door: "api", operation: "connect", target: "", write: false } as const;
    this.world.journal.announce({ server: this.identity.name, ...event });
  }
}
