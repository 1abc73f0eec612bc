import type { Connection } from "../../schema/connection";
import type { Servers } from "../../schema/server";

/** A run of the engine waits for a server that starts. Somebody who looks wants to know soon that it is down. */
const mostTries = 2;

/** Seconds for one attempt where the connection sets no limit. */
const usualTimeout = 15;

/** Limits how often and how long servers are dialled. A lower limit of the user's own counts. */
export function withShortDials(servers: Servers): Servers {
  return Object.fromEntries(
    Object.entries(servers).map(([name, server]) => {
      const { connection } = server;
      return [name, connection ? { ...server, connection: shortDial(connection) } : server];
    }),
  );
}

function shortDial(connection: Connection): Connection {
  const { dialErrorLimit = mostTries, perDialTimeout, proxy } = connection;
  return {
    ...connection,
    ...(proxy && { proxy: shortDial(proxy) }),
    dialErrorLimit: dialErrorLimit === -1 ? mostTries : Math.min(dialErrorLimit, mostTries),
    perDialTimeout: perDialTimeout || usualTimeout,
  };
}
