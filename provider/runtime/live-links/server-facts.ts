import type { PlainServer } from "../../schema/server";
import { servers } from "../engine/session";

/** What the rules read of servers. One that the provider does not know goes by its address, and is fed by a nameserver. */
export function factsOf(names: readonly string[]): Record<string, PlainServer> {
  return Object.fromEntries(names.map((name) => [name, plainFacts(name)]));
}

function plainFacts(name: string): PlainServer {
  if (!servers().names().includes(name)) return { type: "dnsonly", address: name };
  const { settings } = servers().get(name);
  const { connection: _connection, api: _api, forget: _forget, identity: _identity, ...facts } = settings;
  return facts;
}
