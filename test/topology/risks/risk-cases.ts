import type { RiskId, RiskSettings } from "../../../provider/schema/risks";
import type { Topology, TopologyInput } from "../../../provider/schema/topology";
import {
  compareChange,
  judgeChange,
  standingAsDeclared,
  type ClusterChange,
  type HeldZones,
  type RiskFinding,
} from "../../../provider/topology";
import { direct, dns, link, links, web } from "../builders";

/** A change, and what is known of the world when it is judged. */
export interface JudgedChange {
  readonly before: TopologyInput;
  readonly after: TopologyInput;
  readonly others?: ClusterChange["others"];
  readonly accepted?: readonly string[];
  readonly held?: HeldZones;
  readonly risks?: RiskSettings;
}

/** Judges a change as if the servers held what was declared before. */
export function judged({
  before,
  after,
  others,
  accepted = [],
  held,
  risks = {},
}: JudgedChange): RiskFinding[] {
  const change = compareChange({
    before: standingAsDeclared(before as Topology),
    after: standingAsDeclared(after as Topology),
    others: others ?? { servers: {}, links: [] },
    accepted: new Set(accepted),
  });
  return judgeChange(change, { risks }, { held, now: 0 });
}

/** Changes for one risk. */
export interface RiskCases {
  /** Close to the risk, without it. */
  accepted: JudgedChange;
  /** One finding of the risk. */
  rejected: JudgedChange;
  /** Two findings of the risk, or one of two kinds of changes. */
  twice: JudgedChange;
}

const webs = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`web${index + 1}`, web(10 + index)]));

/** Some web servers, each linked to ns1 and ns2. */
export function fleet(count: number, without: readonly string[] = []): TopologyInput {
  const servers = { ...webs(count), ns1: dns(53), ns2: dns(54) };
  const pairs = Object.keys(webs(count)).flatMap((name) => [`${name} -> ns1`, `${name} -> ns2`]);
  return { servers, links: links(...pairs.filter((pair) => !without.includes(pair))) };
}

const withRoles = (roles: Record<string, "standalone" | "write-only">): TopologyInput => ({
  ...direct,
  links: (direct.links ?? []).map((each) => {
    const ends = `${each.from} -> ${each.to}`;
    return ends in roles ? link(ends, roles[ends]) : each;
  }),
});

const withoutNs2 = { ...direct, links: links("web1 -> ns1", "web2 -> ns1") };
const zones = (held: Record<string, string[]>, unread: Record<string, string> = {}): HeldZones => ({
  zones: new Map(Object.entries(held)),
  unread: new Map(Object.entries(unread)),
});
const threeNameservers: TopologyInput = {
  servers: { web1: web(10), ns1: dns(53), ns2: dns(54), ns3: dns(55) },
  links: links("web1 -> ns1", "web1 -> ns2", "web1 -> ns3"),
};

export const riskCases: Record<RiskId, RiskCases> = {
  "many-changes": {
    accepted: { before: fleet(5), after: fleet(5, ["web1 -> ns2", "web2 -> ns2", "web3 -> ns2"]) },
    rejected: {
      before: fleet(5),
      after: fleet(5, ["web1 -> ns2", "web2 -> ns2", "web3 -> ns2", "web4 -> ns2"]),
    },
    twice: {
      before: fleet(5),
      after: {
        ...fleet(5, ["web1 -> ns2", "web2 -> ns2"]),
        links: [
          ...links("web3 -> ns1", "web4 -> ns1", "web5 -> ns1", "web1 -> ns1", "web2 -> ns1", "web5 -> ns2"),
          link("web3 -> ns2", "write-only"),
          link("web4 -> ns2", "standalone"),
        ],
      },
    },
  },
  "web-server-without-nameserver": {
    accepted: { before: direct, after: { ...direct, links: links("web1 -> ns1", "web2 -> ns2") } },
    rejected: { before: direct, after: { ...direct, links: links("web1 -> ns1", "web1 -> ns2") } },
    twice: { before: direct, after: { ...direct, links: [] } },
  },
  "last-holder-of-zone": {
    accepted: {
      before: direct,
      after: withoutNs2,
      held: zones({ ns1: ["a.example", "b.example"], ns2: ["a.example"] }),
    },
    rejected: {
      before: direct,
      after: withoutNs2,
      held: zones({ ns1: ["a.example"], ns2: ["a.example", "b.example", "c.example"] }),
    },
    twice: {
      before: threeNameservers,
      after: { ...threeNameservers, links: links("web1 -> ns1") },
      held: zones({ ns1: [], ns2: ["b.example"] }, { ns3: "it has no SSH connection" }),
    },
  },
  "identity-changed": {
    accepted: {
      before: direct,
      after: { ...direct, servers: { ...direct.servers, ns1: dns(53, { hostname: "ns1.example.com" }) } },
    },
    rejected: { before: direct, after: { ...direct, servers: { ...direct.servers, ns1: dns(60) } } },
    twice: {
      before: direct,
      after: {
        ...direct,
        servers: { ...direct.servers, ns1: dns(60), ns2: { ...web(54), nameserver: true } },
      },
    },
  },
  "stronger-role": {
    accepted: {
      before: withRoles({ "web1 -> ns1": "standalone" }),
      after: withRoles({ "web1 -> ns1": "standalone" }),
    },
    rejected: { before: withRoles({ "web1 -> ns1": "standalone" }), after: direct },
    twice: {
      before: withRoles({ "web1 -> ns1": "standalone", "web2 -> ns2": "standalone" }),
      after: withRoles({ "web1 -> ns1": "write-only" }),
    },
  },
  "sync-member-removed": {
    accepted: {
      before: withRoles({ "web1 -> ns1": "write-only" }),
      after: { ...direct, links: (direct.links ?? []).slice(1) },
    },
    rejected: { before: direct, after: { ...direct, links: (direct.links ?? []).slice(1) } },
    twice: { before: direct, after: { ...direct, links: (direct.links ?? []).slice(2) } },
  },
};
