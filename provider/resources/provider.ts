import * as pulumi from "./sdk";
import { parse } from "../schema/parse";
import { riskChoices, riskChoicesAmong, type Allowance, type RiskSettings } from "../schema/risks";
import { ruleOverrides, type RuleOverrides } from "../schema/rule-overrides";
import { packJson } from "../schema/packed-json";
import { givenConnections, plainServers, rememberProvider } from "./program/plain-servers";
import { asProgramErrors } from "./program/program-error";
import type { ServerArgs } from "./server-args";

/** Arguments of `Provider`. */
export interface ProviderArgs {
  /** Servers by the name that links, tokens and findings use. Names and addresses are plain; credentials may be outputs. */
  servers: Record<string, ServerArgs>;
  /** Overrides of rules for links that are declared one by one. @default none */
  rules?: RuleOverrides;
  /** Limits and severities of the risks of a change of such links. @default the table's */
  risks?: RiskSettings;
  /** Risks that a change of such links may take, each with a reason. @default none */
  allow?: Allowance[];
}

/**
 * The servers of a cluster and how to reach them. Everything is encrypted in the provider's own state and stored in no
 * other resource. One provider is enough for a program. Changing a credential touches no resource.
 *
 * Without a provider, the servers come from the stack's configuration:
 * `pulumi config set --secret whm:servers < servers.json`.
 */
export class Provider extends pulumi.ProviderResource {
  /**
   * @param name Name of the provider in the stack. Changing it changes no resource.
   * @param args Arguments of the provider.
   * @throws RunError for an unknown or malformed field.
   */
  constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
    const facts = asProgramErrors(() => ({
      servers: plainServers(args.servers, `The argument servers of ${name}`),
      choices: parse(riskChoices, riskChoicesAmong(args), `The provider ${name}`),
      rules: args.rules && parse(ruleOverrides, args.rules, `The argument rules of ${name}`),
      connections: givenConnections(args.servers),
    }));
    const text = pulumi.output(args.servers).apply(packJson);
    super("pulumi-nodejs", name, { "whm:servers": pulumi.secret(text) }, opts);
    rememberProvider(this, facts);
  }
}
