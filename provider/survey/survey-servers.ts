import { isServerError, tokenOfSecret, type ServerError, type ServerRegistry } from "../servers";
import { lookAt, type Pace } from "./at-once";
import { readServer } from "./read-server";
import type { ServerSurvey, Survey, TokenUse } from "./server-survey";

/**
 * Reads servers, one connection each, and finds out which tokens they hold for each other. Writes nothing.
 *
 * @param names names in the registry
 * @param follow returns further servers to read, given those that were read; called until it returns none
 */
export async function surveyServers(
  registry: ServerRegistry,
  names: readonly string[],
  pace: Pace,
  follow: (sofar: ReadonlyMap<string, ServerSurvey>) => readonly string[] = () => [],
): Promise<Survey> {
  const found = new Map<string, ServerSurvey>();
  const unreadable = new Map<string, ServerError>();
  for (let next = names; next.length > 0;) {
    const { results, failures } = await lookAt(registry, next, readServer, pace);
    results.forEach((survey, name) => found.set(name, survey));
    failures.forEach((error, name) => unreadable.set(name, error));
    next = follow(found).filter((name) => !found.has(name) && !unreadable.has(name));
  }
  const uses = await Promise.all(
    storedTokens(registry, found).map(async ({ secret, ...use }) => {
      const token = await tokenOfSecret(registry.get(use.peer), secret).catch((error: unknown) =>
        note(unreadable, use.peer, error),
      );
      return { ...use, secret, token };
    }),
  );
  const servers = new Map([...found].filter(([name]) => !unreadable.has(name)));
  return { servers, unreadable, uses: uses.filter(({ peer }) => servers.has(peer)) };
}

/** Lists the tokens that servers hold for others that were read. */
function storedTokens(
  registry: ServerRegistry,
  servers: ReadonlyMap<string, ServerSurvey>,
): Omit<TokenUse, "token">[] {
  return [...servers.values()].flatMap(({ name: holder, members }) =>
    members.flatMap(({ key, fields }) => {
      const peer = registry.nameAt(key);
      const isKnown = peer !== undefined && servers.has(peer);
      return isKnown && fields.pass ? [{ holder, peer, key, secret: fields.pass }] : [];
    }),
  );
}

function note(unreadable: Map<string, ServerError>, peer: string, error: unknown): undefined {
  if (!isServerError(error)) throw error;
  unreadable.set(peer, error);
}
