/** How the command ends. */
export const exitCodes = {
  /** Done; the topology is accepted. */
  accepted: 0,
  /** The topology can be read, and the rules reject it. */
  rejected: 1,
  /** A mistake of the user's: wrong words on the command line, an unreadable or malformed file. */
  usage: 2,
  /** A mistake of ours. */
  unexpected: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
