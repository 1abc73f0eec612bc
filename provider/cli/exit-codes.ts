/** Exit codes of the command. */
export const exitCodes = {
  /** Done; the topology is accepted. */
  accepted: 0,
  /** The topology can be read, and the rules reject it. */
  rejected: 1,
  /** The user made a mistake: wrong words on the command line, an unreadable or malformed file. */
  usage: 2,
  /** The program made a mistake. */
  unexpected: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
