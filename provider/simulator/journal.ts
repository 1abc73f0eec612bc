/** Where an event came in: HTTPS, file transfer, a command, or the SSH connection that carries the last two. */
export type Door = "api" | "sftp" | "exec" | "ssh";

/** One event, as `sim.journal()` gives it. It never holds a secret. */
export interface JournalEntry {
  /** Name of the server, as given to `startSimulator`. */
  readonly server: string;
  readonly door: Door;
  /** The API function, the SFTP operation or the command. */
  readonly operation: string;
  /** The path, token name or host it was about; empty when there is none. */
  readonly target: string;
  /** True when the operation is one that changes something, whether it succeeded or not. */
  readonly write: boolean;
}

/** Everything that came in at any door of any server, in order. */
export class Journal {
  private entries: JournalEntry[] = [];

  record(entry: JournalEntry): void {
    this.entries.push(entry);
  }

  read(): JournalEntry[] {
    return [...this.entries];
  }

  clear(): void {
    this.entries = [];
  }
}
