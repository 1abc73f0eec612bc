// With `--continue-on-error` the engine deletes what has left the program even though a gate has refused the change: what
// is deleted doesn't depend on the gate any more. All deletions of a run come last and in the process of their gate, so the
// process itself can know.

const held = new Set<string>();

/** Has nothing deleted on some servers for the rest of this run, because a gate has refused its change. */
export function holdDeletions(servers: Iterable<string>): void {
  for (const name of servers) held.add(name);
}

/**
 * Refuses a deletion in a run in which a gate has refused its change.
 *
 * @param what the resource, as it begins a sentence
 */
export function refuseHeldDeletion(what: string, ...servers: readonly string[]): void {
  if (servers.some((name) => held.has(name)))
    throw new Error(
      `${what} is not deleted: the change of its cluster was refused in this run. It is deleted by the next pulumi up that passes.`,
    );
}
