/** Codes of a server that can't be asked. Whatever else it says is an answer. */
export const unreached = [
  "unreachable",
  "timed-out",
  "connection-lost",
  "unknown-host-key",
  "changed-host-key",
  "missing-credential",
] as const;
