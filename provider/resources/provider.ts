import * as pulumi from "./sdk";
import { packJson } from "../schema/packed-json";
import { parse } from "../schema/parse";
import { riskChoicesAmong, type Allowance, type RiskSettings } from "../schema/risks";
import type { RuleOverrides } from "../schema/rule-overrides";
import { providerArgs as schema } from "../schema/single-resources";
import { refuseOverrides } from "./program/given-arguments";
import type { ProviderFacts } from "./program/provider-facts";
import { givenConnections, rememberProvider } from "./program/plain-servers";
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
    const facts = asProgramErrors(() => readFacts(name, args));
    const text = pulumi.output(args.servers).apply(packJson);
    super("pulumi-nodejs", name, { "whm:servers": pulumi.secret(text) }, opts);
    rememberProvider(this, facts);
  }
}

function readFacts(name: string, args: ProviderArgs): Omit<ProviderFacts, "provider"> {
  const subject = `The provider ${name}`;
  const { servers, rules, ...choices } = parse(schema, args, subject);
  refuseOverrides(rules, subject);
  return {
    servers,
    rules,
    choices: riskChoicesAmong(choices),
    connections: givenConnections(args.servers),
  };
}
