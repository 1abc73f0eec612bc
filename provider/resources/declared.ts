import * as pulumi from "@pulumi/pulumi";
import type { RuleOverrides } from "../schema/rule-overrides";
import type { ClusterToken, Link, TopologyInput, Trust } from "../schema/topology";
import { neededTokens, type Finding, validateDeclared } from "../topology";
import type { PlainServers } from "./plain-servers";

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
  /** The one verdict on everything declared link by link, once it is asked for. */
  verdict: Promise<string | undefined> | undefined;
  judged: boolean;
}

interface Registry {
  version: 1;
  stacks: WeakMap<object, Declared>;
}

// A program may load two copies of this package, and an inline program runs preview and update in one process: the
// registry is shared by all copies and holds one entry a stack resource, which is new for every run.
const registryKey = Symbol.for("pulumi-whm/declared");
const shared = globalThis as unknown as { [registryKey]?: Registry };
const withoutStack = {};

/** What this stack's program has declared so far. */
export function declared(): Declared {
  const registry = (shared[registryKey] ??= { version: 1, stacks: new WeakMap() });
  const stack = pulumi.runtime.getStackResource() ?? withoutStack;
  const found = registry.stacks.get(stack) ?? nothing();
  registry.stacks.set(stack, found);
  return found;
}

/** Findings of the rules on everything that the program has declared so far; for a program's own unit tests. */
export function declaredFindings(): Finding[] {
  const everything = declared();
  return validateDeclared(everything.clusters, linkByLink(everything));
}

/** Findings that are not among others. */
export function findingsBeyond(known: readonly Finding[], findings: readonly Finding[]): Finding[] {
  const texts = new Set(known.map((finding) => JSON.stringify(finding)));
  return findings.filter((finding) => !texts.has(JSON.stringify(finding)));
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
    verdict: undefined,
    judged: false,
  };
}
