/** Where an event came in: HTTPS, file transfer, a command, or the SSH connection that carries the last two. */
export type Door = "api" | "sftp" | "exec" | "ssh";

/** An event in `sim.journal()`. Never contains a secret. */
export interface JournalEntry {
  /** Name of the server, as given to `startSimulator`. */
  readonly server: string;
  /** Door where the event came in. */
  readonly door: Door;
  /** API function, SFTP operation or command. */
  readonly operation: string;
  /** Path, token name or host concerned; empty if there is none. */
  readonly target: string;
  /** Whether the operation is one that changes something, even if it failed. */
  readonly write: boolean;
}

/**
 * Called for each event when it has come in and before it is carried out; nothing goes on until it returns. Also called
 * for a new connection to the API, which is not in the journal.
 */
export type Watcher = (entry: JournalEntry) => void;

/** Everything that came in at any door of any server, in order. */
export class Journal {
  private entries: JournalEntry[] = [];
  private readonly watchers = new Set<Watcher>();

  record(entry: JournalEntry): void {
    this.entries.push(entry);
    this.announce(entry);
  }

  /** Tells the watchers about a connection, which carries events and is none itself. */
  announce(entry: JournalEntry): void {
    for (const watcher of this.watchers) watcher(entry);
  }

  /** Returns a function that ends the watch. */
  watch(watcher: Watcher): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  read(): JournalEntry[] {
    return [...this.entries];
  }

  clear(): void {
    this.entries = [];
  }
}
