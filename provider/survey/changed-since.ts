import { isDeepStrictEqual } from "node:util";
import type { ServerRegistry } from "../servers";
import { lookAt, type Pace } from "./at-once";
import { readServer } from "./read-server";
import type { Survey } from "./server-survey";

/**
 * Reads servers once more and returns the names of those that are not as before: somebody works on them, and what was
 * read of one may not fit what was read of another. A server that can't be read any more is not as before either.
 */
export async function changedSince(
  registry: ServerRegistry,
  { servers }: Survey,
  pace: Pace,
): Promise<string[]> {
  const names = [...servers.keys()];
  const { results } = await lookAt(registry, names, readServer, { ...pace, onProgress: undefined });
  return names.filter((name) => !isDeepStrictEqual(results.get(name), servers.get(name)));
}
