import type { Effect } from "../faults";
import type { Network } from "../network";
import type { SimulatedServer } from "../simulated-server";

/** Result of a command. */
export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a command runs. */
export interface Surroundings {
  readonly server: SimulatedServer;
  readonly network: Network;
  readonly effect: Effect;
}

/** A command with its arguments, ready to run. */
export interface PreparedCommand {
  /** Entry for the journal; never a secret. */
  readonly entry: { readonly operation: string; readonly target: string; readonly write: boolean };
  readonly run: (surroundings: Surroundings) => ExecResult;
}

/** A program that a server has. */
export interface Program {
  readonly paths: readonly string[];
  readonly prepare: (server: SimulatedServer, words: readonly string[]) => PreparedCommand;
}
