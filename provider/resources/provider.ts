import * as pulumi from "./sdk";
import { parse } from "../schema/parse";
import { ruleOverrides, type RuleOverrides } from "../schema/rule-overrides";
import { packJson } from "../schema/packed-json";
import { givenConnections, plainServers, rememberProvider } from "./program/plain-servers";
import { asProgramErrors } from "./program/program-error";
import type { ServerArgs } from "./server-args";

/** What a provider is told. */
export interface ProviderArgs {
  /** Servers by the name that links, tokens and findings use. Names and addresses are plain; credentials may be outputs. */
  servers: Record<string, ServerArgs>;
  /** Overrides of rules for links that are declared one by one. @default none */
  rules?: RuleOverrides;
}

/**
 * The servers of a cluster and how to reach them, said once. Everything is encrypted in the provider's own state and
 * stands in no other resource. One provider a program is enough; a changed credential touches no resource.
 *
 * Without one, the servers come from the stack's configuration: `pulumi config set --secret whm:servers < servers.json`.
 */
export class Provider extends pulumi.ProviderResource {
  /**
   * @param name name of the provider in the stack; it may change without any change of a resource
   * @param args the servers
   * @throws RunError for a field that is unknown or malformed
   */
  constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
    const facts = asProgramErrors(() => ({
      servers: plainServers(args.servers, `The argument servers of ${name}`),
      rules: args.rules && parse(ruleOverrides, args.rules, `The argument rules of ${name}`),
      connections: givenConnections(args.servers),
    }));
    const text = pulumi.output(args.servers).apply(packJson);
    super("pulumi-nodejs", name, { "whm:servers": pulumi.secret(text) }, opts);
    rememberProvider(this, facts);
  }
}
