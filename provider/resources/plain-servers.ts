import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { MalformedError, parse } from "../schema/parse";
import type { RuleOverrides } from "../schema/rule-overrides";
import { declaredServer, type PlainServer } from "../schema/server";
import { serverName } from "../schema/values";

/** What links have to know of the servers while the program runs: everything but how to reach them. */
export type PlainServers = Record<string, PlainServer>;

/** What a provider was given, without credentials. */
export interface ProviderFacts {
  servers: PlainServers;
  rules: RuleOverrides | undefined;
}

const declaredServers = z.record(serverName, declaredServer);

const factsByProvider = new WeakMap<pulumi.ProviderResource, ProviderFacts>();

/** Parses what a program declares of servers; unknown and misspelled fields are refused. */
export function plainServers(servers: unknown, subject: string): PlainServers {
  return parse(declaredServers, servers, subject);
}

/** Remembers what a provider was given, for the resources that use it. */
export function rememberProvider(provider: pulumi.ProviderResource, facts: ProviderFacts): void {
  factsByProvider.set(provider, facts);
}

/** What the provider of a resource was given: its own, its parent's, or the stack's configuration. */
export function providerFacts(opts: pulumi.CustomResourceOptions | undefined, type: string): ProviderFacts {
  const explicit = opts?.provider ?? opts?.parent?.getProvider(type);
  return (explicit && factsByProvider.get(explicit)) ?? { servers: configuredServers(), rules: undefined };
}

/** The servers in the stack's configuration. Read raw: `Config.get` would warn that the value is a secret. */
function configuredServers(): PlainServers {
  const text = pulumi.runtime.getConfig("whm:servers");
  if (text === undefined) return {};
  return plainServers(fromJson(text), "The configuration whm:servers");
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedError("The configuration whm:servers", ["(root): must be JSON"]);
  }
}
