import { isServerError, someAtOnce, type Server, type ServerError, type ServerRegistry } from "../servers";

/** How servers are looked at. */
export interface Pace {
  /** Number of servers that are looked at at the same time. */
  readonly atOnce: number;
  /** Called whenever a server has been looked at. */
  readonly onProgress?: ((done: number, all: number) => void) | undefined;
  /** Ends the look: servers that have not been looked at are left out. */
  readonly signal?: AbortSignal | undefined;
}

/** Results by the name of the server. A server that fails never hides what the others say. */
export interface Looked<Result> {
  readonly results: ReadonlyMap<string, Result>;
  readonly failures: ReadonlyMap<string, ServerError>;
}

/**
 * Looks at servers, some at a time.
 *
 * @throws whatever is no ServerError, and the signal's reason
 */
export async function lookAt<Result>(
  registry: ServerRegistry,
  names: readonly string[],
  look: (server: Server) => Promise<Result>,
  { atOnce, onProgress, signal }: Pace,
): Promise<Looked<Result>> {
  const results = new Map<string, Result>();
  const failures = new Map<string, ServerError>();
  const visit = async (name: string): Promise<void> => {
    signal?.throwIfAborted();
    const server = registry.get(name);
    try {
      results.set(name, await look(server));
    } catch (error) {
      if (!isServerError(error)) throw error;
      failures.set(name, error);
    }
    onProgress?.(results.size + failures.size, names.length);
  };
  await someAtOnce(names, atOnce, visit);
  return { results: inOrder(names, results), failures: inOrder(names, failures) };
}

function inOrder<Value>(names: readonly string[], found: ReadonlyMap<string, Value>): Map<string, Value> {
  return new Map(names.flatMap((name) => (found.has(name) ? [[name, found.get(name) as Value]] : [])));
}
