import type { Readable } from "node:stream";

/** What a command reads and writes; tests give it others than the process's own. */
export interface Streams {
  stdin: Readable;
  /** Data and drawings. */
  out(text: string): void;
  /** What went wrong. */
  err(text: string): void;
  /** Whether a person at a terminal looks on. */
  color: boolean;
}

/** How a command ended: the exit codes of `whm-dns`. */
export const exitCodes = {
  /** Done, and where a topology was judged, it is accepted. */
  accepted: 0,
  /** The topology is rejected. */
  rejected: 1,
  /** A file that cannot be read or is malformed, or a command line that is wrong. */
  unusable: 2,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
