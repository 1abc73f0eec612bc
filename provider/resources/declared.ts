import * as pulumi from "@pulumi/pulumi";
import type { RuleOverrides } from "../schema/rule-overrides";
import type { ClusterToken, Link, TopologyInput, Trust } from "../schema/topology";
import { neededTokens, type Finding, validateDeclared } from "../topology";
import type { PlainServers } from "./plain-servers";
import { registry } from "./registry";

/** Everything that a program has declared so far in one stack. */
export interface Declared {
  /** One topology a `DnsCluster`. */
  clusters: TopologyInput[];
  /** What was declared link by link. */
  servers: PlainServers;
  rules: RuleOverrides;
  links: Link[];
  trusts: Trust[];
  trustedAddresses: Record<string, string[]>;
  /** Tokens of `ApiToken` resources that a link or trust uses. */
  tokens: ClusterToken[];
  /** Links and trusts whose token the program got elsewhere: nothing is known of it. */
  withForeignToken: { links: Link[]; trusts: Trust[] };
  /** The first declaration that could not be understood, in a sentence. */
  mistake: string | undefined;
  /** The providers of links and trusts declared one by one; undefined stands for the default provider. */
  linkProviders: Set<pulumi.ProviderResource | undefined>;
  /** The gates of links declared one by one, each by its provider. */
  gates: Map<pulumi.ProviderResource | undefined, pulumi.Resource>;
  /** What stands for the rejection of the links, once they are rejected. */
  rejectingGate: pulumi.Resource | undefined;
  /** The one verdict on everything declared, once it is asked for. */
  verdict: Promise<string | undefined> | undefined;
  judged: boolean;
}

const withoutStack = {};

/** What this stack's program has declared so far. */
export function declared(): Declared {
  const { stacks } = registry();
  const stack = pulumi.runtime.getStackResource() ?? withoutStack;
  const found = stacks.get(stack) ?? nothing();
  stacks.set(stack, found);
  return found;
}

/** Findings of the rules on everything that the program has declared so far; for a program's own unit tests. */
export function declaredFindings(): Finding[] {
  const everything = declared();
  return validateDeclared(everything.clusters, linkByLink(everything));
}

/** Everything declared link by link, as one topology. */
export function linkByLink(everything: Declared): TopologyInput {
  const { servers, rules, links, trusts, tokens, withForeignToken } = everything;
  return {
    servers,
    links,
    trusts,
    trustedAddresses: everything.trustedAddresses,
    apiTokens: [...tokens, ...neededTokens({ servers, ...withForeignToken })],
    rules,
  };
}

function nothing(): Declared {
  return {
    clusters: [],
    servers: {},
    rules: {},
    links: [],
    trusts: [],
    trustedAddresses: {},
    tokens: [],
    withForeignToken: { links: [], trusts: [] },
    mistake: undefined,
    linkProviders: new Set(),
    gates: new Map(),
    rejectingGate: undefined,
    verdict: undefined,
    judged: false,
  };
}
