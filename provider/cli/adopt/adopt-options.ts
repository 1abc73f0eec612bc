/** Options of `whm-dns adopt`. */
export interface AdoptOptions {
  /** Path of a YAML or JSON file with the value of `Provider.servers`; `-` means standard input. */
  readonly connections?: string;
  /** Stack into which the cluster is brought. Without `connections`, the servers come from its configuration. */
  readonly stack?: string;
  /** Folder for the program. */
  readonly out: string;
  /** Server from which the others are discovered: one of the connections, or `[user@]host[:port]`. */
  readonly from?: string;
  /** Log in to discovered servers as to that one. */
  readonly sameLogin?: boolean;
  /** Let destroy remove what was adopted. */
  readonly owned?: boolean;
  /** Write claims for what was adopted, and do nothing else. */
  readonly claim?: boolean;
  /** Number of servers that are looked at at the same time. */
  readonly atOnce: number;
  /** Print data only. */
  readonly json?: boolean;
}
