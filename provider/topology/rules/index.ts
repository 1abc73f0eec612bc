import type { Rule } from "../judge/rule";
import { cpanelNameserver } from "./cpanel-nameserver";
import { cpanelPresent } from "./cpanel-present";
import { dnssecPowerdns } from "./dnssec-powerdns";
import { duplicateLink } from "./duplicate-link";
import { duplicateServer } from "./duplicate-server";
import { duplicateTrustedIp } from "./duplicate-trusted-ip";
import { feedingCycle } from "./feeding-cycle";
import { intermediarySize } from "./intermediary-size";
import { intermediarySlowdown } from "./intermediary-slowdown";
import { knownServer } from "./known-server";
import { memberAddress } from "./member-address";
import { missingToken } from "./missing-token";
import { multipleIntermediariesSize } from "./multiple-intermediaries-size";
import { nameserverCoverage } from "./nameserver-coverage";
import { nameserverDisabled } from "./nameserver-disabled";
import { nameserverFed } from "./nameserver-fed";
import { nameserverLink } from "./nameserver-link";
import { needlessTrust } from "./needless-trust";
import { redundantLink } from "./redundant-link";
import { reverseTrust } from "./reverse-trust";
import { selfLink } from "./self-link";
import { singleIntermediary } from "./single-intermediary";
import { supportedVersion } from "./supported-version";
import { syncBack } from "./sync-back";
import { tokenAcl } from "./token-acl";
import { tokenScope } from "./token-scope";
import { trustLinkConflict } from "./trust-link-conflict";
import { trustVerifiable } from "./trust-verifiable";
import { trustedIp } from "./trusted-ip";
import { twoServers } from "./two-servers";
import { unlinkedServer } from "./unlinked-server";
import { webServerFed } from "./web-server-fed";
import { webServerLink } from "./web-server-link";
import { writeOnlyCompetition } from "./write-only-competition";
import { writeOnlyDuplicates } from "./write-only-duplicates";

/** The table of link rules. Findings are listed in this order. */
export const rules = [
  twoServers,
  cpanelPresent,
  supportedVersion,
  knownServer,
  selfLink,
  duplicateLink,
  trustLinkConflict,
  duplicateServer,
  duplicateTrustedIp,
  memberAddress,
  syncBack,
  feedingCycle,
  webServerLink,
  nameserverLink,
  intermediarySize,
  singleIntermediary,
  multipleIntermediariesSize,
  webServerFed,
  nameserverFed,
  reverseTrust,
  trustedIp,
  tokenAcl,
  missingToken,
  nameserverDisabled,
  needlessTrust,
  writeOnlyDuplicates,
  writeOnlyCompetition,
  intermediarySlowdown,
  nameserverCoverage,
  redundantLink,
  cpanelNameserver,
  dnssecPowerdns,
  trustVerifiable,
  unlinkedServer,
  tokenScope,
] as const;

/** Id of a rule in the table. @useDeclaredType */
export type RuleId = (typeof rules)[number]["id"];

/** Finds a rule by its id; returns `undefined` if the table has none. */
export function findRule(id: string): Rule<RuleId> | undefined {
  return byId.get(id);
}

const byId: ReadonlyMap<string, Rule<RuleId>> = new Map(rules.map((rule) => [rule.id, rule]));
