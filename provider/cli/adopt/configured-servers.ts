import type { PlainServer, Servers } from "../../schema/server";
import type { ServerRegistry } from "../../servers";
import type { Found } from "../../survey";

/**
 * Returns the value of `whm:servers`: how to reach each server, as the connections say, with the facts about it that
 * the clusters were found with.
 */
export function configuredServers(registry: ServerRegistry, given: Servers, { clusters }: Found): Servers {
  const facts = Object.assign({}, ...clusters.map(({ topology }) => topology.servers)) as Record<
    string,
    PlainServer
  >;
  return Object.fromEntries(
    registry.names().map((name) => {
      // The registry dials less often than a run of the engine is to do.
      const settings = given[name] ?? registry.get(name).settings;
      const { connection, api } = settings;
      const found = facts[name];
      return [name, found ? { ...found, ...(connection && { connection }), ...(api && { api }) } : settings];
    }),
  );
}
