import type { RuleOverrides } from "../../schema/rule-overrides";
import type { Topology } from "../../schema/topology";
import { errorsAmong, rules, validateTopology, type Finding } from "../../topology";

/** A topology that the rules accept, and what had to be done for it. */
export interface FittedTopology {
  /** Undefined when nothing of it can be accepted. */
  readonly topology: Topology | undefined;
  /** Findings on what was found, before anything was overridden. */
  readonly findings: readonly Finding[];
  /** Findings that can't be overridden. The links that they are about are left out. */
  readonly refused: readonly Finding[];
}

/**
 * Makes the rules accept a topology: overrides those that can be overridden, and leaves out the links that break
 * others.
 *
 * @param reason reason of the overrides
 */
export function fitRules(found: Topology, reason: string): FittedTopology {
  const findings = validateTopology(found);
  let topology = found;
  const refused: Finding[] = [];
  for (;;) {
    const errors = errorsAmong(validateTopology(topology));
    if (errors.length === 0) return { topology, findings, refused };
    const overrides = overridesFor(errors, reason);
    if (Object.keys(overrides).length > 0) {
      topology = { ...topology, rules: { ...topology.rules, ...overrides } };
      continue;
    }
    const rest = withoutLinks(topology, errors);
    refused.push(...errors);
    if (rest === undefined) return { topology: undefined, findings, refused };
    topology = rest;
  }
}

const fixedRules = new Set<string>(rules.filter(({ fixed }) => fixed).map(({ id }) => id));

function overridesFor(errors: readonly Finding[], reason: string): RuleOverrides {
  const ids = errors.map(({ rule }) => rule).filter((id) => !fixedRules.has(id));
  return Object.fromEntries(ids.map((id) => [id, { severity: "warning", reason }]));
}

/** Leaves out the links and trusts that findings are about; undefined if nothing can be left out, or nothing is left. */
function withoutLinks(topology: Topology, errors: readonly Finding[]): Topology | undefined {
  const broken = new Set(errors.flatMap(({ link }) => (link ? [pair(link.from, link.to)] : [])));
  const links = topology.links.filter(({ from, to }) => !broken.has(pair(from, to)));
  const trusts = (topology.trusts ?? []).filter(({ server, peer }) => !broken.has(pair(peer, server)));
  const before = topology.links.length + (topology.trusts?.length ?? 0);
  if (links.length === 0 || links.length + trusts.length === before) return undefined;
  const used = new Set([
    ...links.map(({ from, to }) => pair(from, to)),
    ...trusts.map((trust) => pair(trust.peer, trust.server)),
  ]);
  const apiTokens = (topology.apiTokens ?? []).flatMap((token) => {
    const users = (token.users ?? []).filter((user) => used.has(pair(user, token.server)));
    return users.length > 0 ? [{ ...token, users }] : [];
  });
  return { ...topology, links, trusts, apiTokens };
}

function pair(from: string, to: string): string {
  return `${from}\0${to}`;
}
