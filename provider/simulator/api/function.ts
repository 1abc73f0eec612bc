import type { Caller } from "../authenticate";
import type { Envelope } from "../envelope";
import type { Effect } from "../faults";
import type { Parameters } from "../parameters";
import type { SimulatedServer } from "../simulated-server";

/** A call of a function. */
export interface ApiCall {
  readonly server: SimulatedServer;
  readonly caller: Caller;
  readonly parameters: Parameters;
  /** How much of a change is really made. */
  readonly effect: Effect;
  /** Names of the functions that this server has, sorted. */
  readonly available: readonly string[];
  /** Calls another function for the same caller. */
  readonly call: (name: string, parameters: Parameters) => Envelope;
}

/** A function of WHM API 1. */
export interface ApiFunction {
  readonly name: string;
  /** Whether it changes something. */
  readonly write: boolean;
  /** Privilege that the caller needs. @default none */
  readonly privilege?: string;
  /** Reason given if the privilege is missing. @default a sentence with "required privileges" */
  readonly privilegeReason?: string;
  /** First release that has it: 84 for 11.84. @default every release */
  readonly since?: number;
  /** Subject of a call, for the journal; never a secret. @default nothing */
  readonly target?: (parameters: Parameters) => string;
  /**
   * Does the work and returns the `data` of the reply.
   *
   * @throws Refusal for `result` 0
   */
  readonly run: (call: ApiCall) => unknown;
}
