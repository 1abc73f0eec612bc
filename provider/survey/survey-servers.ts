import { isServerError, tokenOfSecret, type ServerError, type ServerRegistry } from "../servers";
import { lookAt, type Pace } from "./at-once";
import { readServer } from "./read-server";
import type { ServerSurvey, Survey, TokenUse } from "./server-survey";

/**
 * Reads servers, one connection each, and finds out which tokens they hold for each other. Writes nothing.
 *
 * @param names names in the registry
 */
export async function surveyServers(
  registry: ServerRegistry,
  names: readonly string[],
  pace: Pace,
): Promise<Survey> {
  const { results, failures } = await lookAt(registry, names, readServer, pace);
  const unreadable = new Map(failures);
  const uses = await Promise.all(
    storedTokens(registry, results).map(async ({ secret, ...use }) => {
      const token = await tokenOfSecret(registry.get(use.peer), secret).catch((error: unknown) =>
        note(unreadable, use.peer, error),
      );
      return { ...use, secret, token };
    }),
  );
  const servers = new Map([...results].filter(([name]) => !unreadable.has(name)));
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
