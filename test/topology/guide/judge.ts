import type { TopologyInput } from "../../../provider/schema/topology";
import { isRejected, validateTopology, type Finding, type RuleId } from "../../../provider/topology";
import * as holdings from "./holdings";
import * as structure from "./structure";
import { view, type Cluster } from "./view";

// A second opinion for the rules: the guide's sentences, one after another, on plain lists. It shares no code with the
// rules. It takes well-formed topologies only: declared names, no self-links, no duplicates, addresses everywhere.

interface Sentence {
  holds: (cluster: Cluster) => boolean;
  /** The rule that a user overrides to do without the sentence; absent where the guide says must, never or required. */
  relaxedBy?: RuleId;
  /** The rule that only warns of it: it rejects where a user has made it an error. */
  sharpenedBy?: RuleId;
}

const sentences: Sentence[] = [
  { holds: structure.twoServersAndOneRunsCpanel },
  { holds: holdings.everyVersionIsElevenOrLater },
  { holds: holdings.zonesComeToRunningNameserversOnly, relaxedBy: "nameserver-disabled" },
  { holds: structure.noNameserverFeedsAWebServer },
  { holds: structure.zonesNeverReturn, relaxedBy: "feeding-cycle" },
  { holds: structure.webServersAreNotLinked, relaxedBy: "web-server-link" },
  { holds: structure.nameserversAreLinkedFromIntermediariesOnly, relaxedBy: "nameserver-link" },
  { holds: holdings.webServersTrustTheirNameservers, relaxedBy: "trusted-ip" },
  { holds: structure.everyWebServerReachesANameserver, relaxedBy: "web-server-fed" },
  { holds: structure.everyNameserverIsReached, relaxedBy: "nameserver-fed" },
  { holds: structure.intermediariesStandBetween },
  { holds: structure.oneIntermediaryIsEnough, relaxedBy: "single-intermediary" },
  { holds: structure.manyIntermediariesTakeTwoOfEach },
  { holds: holdings.synchronisingServersTrustEachOther, relaxedBy: "reverse-trust" },
  { holds: holdings.trustIsNoFeedingLink },
  { holds: holdings.everyEntryHasAToken },
  { holds: holdings.everyTokenMayCluster },
  {
    holds: (cluster) => structure.serversWithoutLink(cluster).length === 0,
    sharpenedBy: "unlinked-server",
  },
];

/** The rules that a user can override to do without a sentence. */
export const relaxable: RuleId[] = sentences.flatMap(({ relaxedBy }) => relaxedBy ?? []);

/** Whether the guide rejects a topology, but for the sentences that its overrides do without. */
export function guideRejects(topology: TopologyInput): boolean {
  const cluster = view(topology);
  const overridden = Object.entries(topology.rules ?? {});
  const relaxed = overridden.filter(([, { severity }]) => severity !== "error").map(([id]) => id);
  const sharpened = overridden.filter(([, { severity }]) => severity === "error").map(([id]) => id);
  const counts = ({ relaxedBy, sharpenedBy }: Sentence): boolean =>
    sharpenedBy ? sharpened.includes(sharpenedBy) : !relaxed.includes(relaxedBy ?? "");
  return sentences.some((sentence) => counts(sentence) && !sentence.holds(cluster));
}

/** What the rules and the guide disagree about, in a line that can be acted on; `undefined` when they agree. */
export function disagreement(topology: TopologyInput): string | undefined {
  const findings = validateTopology(topology);
  const rules = opinion(isRejected(findings), findings.flatMap(serverWithoutLink));
  const guide = opinion(guideRejects(topology), structure.serversWithoutLink(view(topology)));
  return rules === guide ? undefined : `rules ${rules}, guide ${guide}: ${JSON.stringify(topology)}`;
}

function opinion(rejected: boolean, withoutLink: readonly string[]): string {
  return [rejected, ...[...withoutLink].sort()].join(" ");
}

function serverWithoutLink({ rule, servers }: Finding): string[] {
  return rule === "unlinked-server" ? servers : [];
}
