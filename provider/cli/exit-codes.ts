/** Exit codes of the command. */
export const exitCodes = {
  /** Done; the topology is accepted; the servers are as they should be. */
  accepted: 0,
  /** The topology can be read, and the rules reject it. */
  rejected: 1,
  /** Something was found that differs from what it should be. */
  found: 1,
  /** The user made a mistake: wrong words on the command line, an unreadable or malformed file. */
  usage: 2,
  /** A server could not be read. */
  unreadable: 3,
  /** The program made a mistake. */
  unexpected: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
