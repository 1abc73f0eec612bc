import type { PlainServer, Server as ServerSettings, Servers } from "../../schema/server";
import type { Found, Survey } from "../../survey";

/**
 * Returns the value of `whm:servers`: how to reach each server that was read, as the connections say, with the facts
 * about it that the clusters were found with.
 */
export function configuredServers(survey: Survey, given: Servers, { clusters }: Found): Servers {
  const facts = Object.assign({}, ...clusters.map(({ topology }) => topology.servers)) as Record<
    string,
    PlainServer
  >;
  const configured = [...survey.servers].map(([name, { settings }]): [string, ServerSettings] => {
    // A run of the engine dials as often as the user has said.
    const { connection, api } = given[name] ?? settings;
    const found = facts[name];
    const access = { ...(connection && { connection }), ...(api && { api }) };
    return [name, { ...(found ?? settings), ...access }];
  });
  return Object.fromEntries(configured);
}
