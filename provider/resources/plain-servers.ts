import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { MalformedError, parse } from "../schema/parse";
import type { RuleOverrides } from "../schema/rule-overrides";
import { declaredServer, type PlainServer } from "../schema/server";
import { serverName } from "../schema/values";
import { registry } from "./registry";

/** What links have to know of the servers while the program runs: everything but how to reach them. */
export type PlainServers = Record<string, PlainServer>;

/** What a provider was given, without credentials. */
export interface ProviderFacts {
  /** The provider itself; undefined stands for the default one, with the stack's configuration. */
  provider: pulumi.ProviderResource | undefined;
  servers: PlainServers;
  rules: RuleOverrides | undefined;
}

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
  return known ?? { provider, servers: configuredServers(), rules: undefined };
}

/** The provider that the engine will use for a resource; undefined is the default one. */
export function providerOf(
  opts: pulumi.CustomResourceOptions | undefined,
  type: string,
): pulumi.ProviderResource | undefined {
  return opts?.provider ?? opts?.parent?.getProvider(type);
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
