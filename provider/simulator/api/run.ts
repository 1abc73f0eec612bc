import type { Caller } from "../authenticate";
import { failure, success, type Envelope } from "../envelope";
import type { Effect } from "../faults";
import type { Parameters } from "../parameters";
import { covers } from "../privileges";
import { Refusal } from "../refusal";
import type { SimulatedServer } from "../simulated-server";
import type { ApiFunction } from "./function";
import { functionsOf } from "./index";

/** A call as a door passes it on. */
export interface ApiRequest {
  readonly name: string;
  readonly parameters: Parameters;
  readonly caller: Caller;
  readonly effect: Effect;
}

/**
 * Runs a function and wraps its result.
 *
 * @throws BrokenBatchError for a batch with a function that doesn't exist
 */
export function runFunction(server: SimulatedServer, request: ApiRequest): Envelope {
  const functions = functionsOf(server);
  const found = functions.find(({ name }) => name === request.name);
  if (!found)
    return failure(
      request.name,
      `Unknown app ("${request.name}") requested for this version (1) of the API.`,
    );
  if (found.privilege !== undefined && !covers(request.caller.acls, found.privilege)) {
    return failure(
      found.name,
      found.privilegeReason ?? `You do not have the required privileges to run “${found.name}”.`,
    );
  }
  try {
    return success(
      found.name,
      found.run({ ...request, server, available: functions.map(({ name }) => name), call }),
    );
  } catch (error) {
    if (error instanceof Refusal) return failure(found.name, error.message);
    throw error;
  }

  function call(name: string, parameters: Parameters): Envelope {
    return runFunction(server, { ...request, name, parameters });
  }
}

/** Describes a call for the journal. Leaves out a name that is not a function: it may be anything. */
export function describeCall(
  server: SimulatedServer,
  name: string,
  parameters: Parameters,
): { operation: string; target: string; write: boolean } {
  const found: ApiFunction | undefined = functionsOf(server).find((candidate) => candidate.name === name);
  return {
    operation: found?.name ?? (/^[a-z][a-z0-9_]{1,63}$/.test(name) ? name : "unknown"),
    target: found?.target?.(parameters) ?? "",
    write: found?.write ?? false,
  };
}
