import { z } from "zod";
import * as pulumi from "../sdk";
import { misplacedName } from "../../schema/addresses";
import { MalformedError } from "../../schema/parse";
import { problemLine, type Problem } from "../../schema/problem";
import { read } from "../../schema/problems";
import { declaredServer, type PlainServer } from "../../schema/server";
import { serverName } from "../../schema/values";
import { lookUpNow } from "./look-up-now";
import type { Connections, PlainServers, ProviderFacts } from "./provider-facts";
import { registry } from "./registry";
import type { ServerArgs } from "../server-args";
import type { Via } from "../../schema/topology";

const declaredServers = z.record(serverName, declaredServer);

/** Parses the servers that a program declares. Refuses unknown and misspelled fields. */
export function plainServers(servers: unknown, subject: string): PlainServers {
  const reading = read(declaredServers, servers);
  if ("data" in reading) return reading.data;
  throw new MalformedError(subject, reading.problems.map(withAddress).map(problemLine));
}

/** Adds what a host name resolves to that stands in the place of an address. */
function withAddress(problem: Problem): Problem {
  const host = misplacedName(problem.text);
  if (host === undefined) return problem;
  const found = lookUpNow(host);
  return { ...problem, text: `${problem.text}; here that is ${found.join(" or ") || "none"}` };
}

/** Remembers a provider's arguments, for the resources that use it. */
export function rememberProvider(
  provider: pulumi.ProviderResource,
  facts: Omit<ProviderFacts, "provider">,
): void {
  registry().providers.set(provider, { ...facts, provider });
}

/** Returns the arguments of a resource's provider: its own, its parent's, or the stack's configuration. */
export function providerFacts(opts: pulumi.CustomResourceOptions | undefined, type: string): ProviderFacts {
  const provider = providerOf(opts, type);
  const known = provider && registry().providers.get(provider);
  return known ?? { provider, servers: configuredServers(), rules: undefined, connections: {} };
}

/**
 * Returns how to log in to a cluster's servers: as the provider says, else as the cluster itself says, else as the
 * stack's configuration says.
 */
export function connectionsOf(
  servers: Readonly<Record<string, ServerArgs>> | undefined,
  provider: pulumi.ProviderResource | undefined,
): Connections {
  const known = provider && registry().providers.get(provider);
  return known?.connections ?? givenConnections(servers ?? configuration());
}

/** Returns the connections in the declarations of servers. */
export function givenConnections(
  servers: Readonly<Record<string, Pick<ServerArgs, "connection">>>,
): Connections {
  return Object.fromEntries(Object.entries(servers).map(([name, { connection }]) => [name, connection]));
}

/** Returns the provider that the engine will use for a resource; undefined is the default one. */
export function providerOf(
  opts: pulumi.CustomResourceOptions | undefined,
  type: string,
): pulumi.ProviderResource | undefined {
  return opts?.provider ?? opts?.parent?.getProvider(type);
}

function configuredServers(): PlainServers {
  return plainServers(configuration(), "The configuration whm:servers");
}

/** Returns the servers in the stack's configuration. Reads the raw value: `Config.get` would warn that it is a secret. */
function configuration(): Record<string, ServerArgs> {
  const text = pulumi.getConfig("whm:servers");
  return text === undefined ? {} : (fromJson(text) as Record<string, ServerArgs>);
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedError("The configuration whm:servers", [
      "(root): must be JSON, as in `pulumi config set --secret whm:servers < servers.json`",
    ]);
  }
}

/** Returns the address of a server that others use. */
export function addressVia(server: PlainServer, via: Via = "address"): string | undefined {
  return server[via];
}
