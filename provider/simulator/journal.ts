/** Where an event came in: HTTPS, file transfer, a command, or the SSH connection that carries the last two. */
export type Door = "api" | "sftp" | "exec" | "ssh";

/** One event, as `sim.journal()` gives it. It never holds a secret. */
export interface JournalEntry {
  /** Name of the server, as given to `startSimulator`. */
  readonly server: string;
  /** Where it came in. */
  readonly door: Door;
  /** The API function, the SFTP operation or the command. */
  readonly operation: string;
  /** The path, token name or host it was about; empty when there is none. */
  readonly target: string;
  /** True when the operation is one that changes something, whether it succeeded or not. */
  readonly write: boolean;
}

/**
 * Is told of an event when it has come in and before it is carried out; nothing goes on until it returns. It is told of
 * a new connection to the API as well, which the journal leaves out.
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

  /** Tells the watchers of what carries the events and is none itself. */
  announce(entry: JournalEntry): void {
    for (const watcher of this.watchers) watcher(entry);
  }

  /** Returns what ends it. */
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
