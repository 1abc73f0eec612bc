import type { CreatedResource } from "./provider-process";
import type { ManagedServers } from "./managed-servers";

// Inputs as the classes send them, for servers web1 (192.0.2.10) and ns1 (192.0.2.11).

type Values = CreatedResource["properties"];

/** A token of ns1 that web1 uses. */
export function tokenInputs(more: Values = {}): Values {
  return {
    server: "ns1",
    logicalName: "project/stack/ns1-for-web1",
    whitelistIps: ["192.0.2.10"],
    users: ["web1"],
    ...more,
  };
}

/** web1's link to ns1, with this token. */
export function memberInputs(token: string, more: Values = {}): Values {
  return {
    server: "web1",
    peer: "ns1",
    role: "sync",
    token,
    peerAddress: "192.0.2.11",
    peerHostname: "ns1.example.com",
    ...more,
  };
}

/** web2 (192.0.2.11) holds an entry for web1, with this token of web1. */
export function trustInputs(token: string, more: Values = {}): Values {
  return {
    server: "web1",
    peer: "web2",
    token,
    serverAddress: "192.0.2.10",
    serverHostname: "web1.example.com",
    ...more,
  };
}

/** Makes a token through the provider and gives its secret. */
export async function makeToken({ provider }: ManagedServers, more: Values = {}): Promise<string> {
  const made = await provider.create("ApiToken", tokenInputs(more));
  return made.properties["token"] as string;
}

/** Makes web1's link to ns1 with a new token. */
export async function makeMember(
  managed: ManagedServers,
  more: Values = {},
): Promise<{ made: CreatedResource; inputs: Values }> {
  const inputs = memberInputs(await makeToken(managed), more);
  return { inputs, made: await managed.provider.create("DnsClusterMember", inputs) };
}
