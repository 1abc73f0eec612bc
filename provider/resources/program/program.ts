import * as pulumi from "../sdk";
import type { TopologyInput } from "../../schema/topology";
import { DeclaredClusters, neededTokens, type Finding, validateDeclared } from "../../topology";
import { refuseClearCredentials } from "./clear-credentials";
import { engineMonitor } from "./engine-at-work";
import type { Program, LinkDeclarations } from "./declarations";
import { registry } from "./registry";

const withoutEngine = {};

/** Returns what the program of this stack has declared so far. */
export function program(): Program {
  const { stacks } = registry();
  // With mocks there is no stack resource, but every `setMocks` makes its own monitor.
  const stack = pulumi.getStackResource() ?? engineMonitor() ?? withoutEngine;
  const found = stacks.get(stack) ?? { ...nothing(), error: refuseClearCredentials() };
  stacks.set(stack, found);
  return found;
}

/** Returns the findings of the rules on everything that the program has declared so far. For unit tests of programs. */
export function declaredFindings(): Finding[] {
  return findingsOn(program());
}

/** Returns the findings of the rules on everything declared. */
export function findingsOn(everything: Program): Finding[] {
  return validateDeclared(everything.clusters, ...linkTopologies(everything));
}

/** Returns what was declared link by link: one topology for each provider. */
export function linkTopologies({ linkByLink }: Program): TopologyInput[] {
  return [...linkByLink.values()].map(topologyOf);
}

/** Returns what was declared link by link with one provider, as a topology. */
export function topologyOf(declarations: LinkDeclarations): TopologyInput {
  const { servers, rules, links, trusts, trustedAddresses, tokens, withForeignToken } = declarations;
  const apiTokens = [...tokens, ...neededTokens({ servers, ...withForeignToken })];
  return { servers, links, trusts, trustedAddresses, apiTokens, rules };
}

function nothing(): Program {
  return {
    clusters: [],
    connections: new DeclaredClusters(),
    linkByLink: new Map(),
    partNames: new Map(),
    parts: [],
    stackTransforms: [],
    error: undefined,
    gates: new Map(),
    rejectingGate: undefined,
    verdict: undefined,
    judged: false,
  };
}
