import { z } from "zod";
import * as pulumi from "../sdk";
import { MalformedError, parse } from "../../schema/parse";
import { declaredServer, type PlainServer } from "../../schema/server";
import { serverName } from "../../schema/values";
import type { Connections, PlainServers, ProviderFacts } from "./provider-facts";
import { registry } from "./registry";
import type { ServerArgs } from "../server-args";
import type { Via } from "../../schema/topology";

const declaredServers = z.record(serverName, declaredServer);

/** Parses what a program declares of servers; unknown and misspelled fields are refused. */
export function plainServers(servers: unknown, subject: string): PlainServers {
  return parse(declaredServers, servers, subject);
}

/** Remembers what a provider was given, for the resources that use it. */
export function rememberProvider(
  provider: pulumi.ProviderResource,
  facts: Omit<ProviderFacts, "provider">,
): void {
  registry().providers.set(provider, { ...facts, provider });
}

/** What the provider of a resource was given: its own, its parent's, or the stack's configuration. */
export function providerFacts(opts: pulumi.CustomResourceOptions | undefined, type: string): ProviderFacts {
  const provider = providerOf(opts, type);
  const known = provider && registry().providers.get(provider);
  return known ?? { provider, servers: configuredServers(), rules: undefined, connections: {} };
}

/**
 * How a cluster's servers are logged in to: as the provider says that it was given, else as the cluster itself says, else
 * as the stack's configuration does.
 */
export function connectionsOf(
  servers: Readonly<Record<string, ServerArgs>> | undefined,
  provider: pulumi.ProviderResource | undefined,
): Connections {
  const known = provider && registry().providers.get(provider);
  return known?.connections ?? givenConnections(servers ?? configuration());
}

/** The part of servers' declarations that says how to log in. */
export function givenConnections(
  servers: Readonly<Record<string, Pick<ServerArgs, "connection">>>,
): Connections {
  return Object.fromEntries(Object.entries(servers).map(([name, { connection }]) => [name, connection]));
}

/** The provider that the engine will use for a resource; undefined is the default one. */
export function providerOf(
  opts: pulumi.CustomResourceOptions | undefined,
  type: string,
): pulumi.ProviderResource | undefined {
  return opts?.provider ?? opts?.parent?.getProvider(type);
}

function configuredServers(): PlainServers {
  return plainServers(configuration(), "The configuration whm:servers");
}

/** The servers in the stack's configuration. Read raw: `Config.get` would warn that the value is a secret. */
function configuration(): Record<string, ServerArgs> {
  const text = pulumi.getConfig("whm:servers");
  return text === undefined ? {} : (fromJson(text) as Record<string, ServerArgs>);
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedError("The configuration whm:servers", ["(root): must be JSON"]);
  }
}

/** The address of a server that others use. */
export function addressVia(server: PlainServer, via: Via = "address"): string | undefined {
  return server[via];
}
