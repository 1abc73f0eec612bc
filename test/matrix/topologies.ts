import type { TopologyInput } from "../../provider/schema/topology";
import { dns, links, web } from "../topology/builders";
import { planOf, type Plan } from "./plan";

/** The servers of the matrix, each simulated. */
export const servers: TopologyInput["servers"] = {
  web1: web(10),
  web2: web(11),
  ns1: dns(12, { intermediary: true }),
  ns2: dns(13),
  ns3: dns(14),
  ns4: dns(15),
  ns5: dns(16),
};

type Overrides = NonNullable<TopologyInput["rules"]>;

/** Rules that are set aside so that each rejected topology breaks exactly one. */
function relaxed(...ids: string[]): Overrides {
  return Object.fromEntries(ids.map((id) => [id, { severity: "warning", reason: "not the matter here" }]));
}

function pick(names: string[], more: TopologyInput["servers"] = {}): TopologyInput["servers"] {
  return { ...Object.fromEntries(names.map((name) => [name, servers[name]!])), ...more };
}

const common = ["web1 -> ns1", "web2 -> ns1", "ns1 -> ns2", "web1 -> ns3"];
const commonNames = ["web1", "web2", "ns1", "ns2", "ns3"];

function whole(rules: Overrides, ...more: string[]): TopologyInput {
  return { servers: pick(commonNames), links: links(...common, ...more), rules };
}

/** A topology in every form that a way in needs. */
export interface MatrixCase {
  /** One topology: a cluster, or links one by one. */
  plan(accepted?: boolean): Plan;
  /** Two clusters in one program. */
  clusters: TopologyInput[];
  /** Two stacks: the first is accepted and applied. */
  stacks: TopologyInput[];
  /** Whether the second stack is accepted by itself: only the servers show what is wrong. */
  hiddenFromPreview: boolean;
}

const east: TopologyInput = {
  servers: pick(["web1", "ns1", "ns2"]),
  links: links("web1 -> ns1", "ns1 -> ns2"),
};
const passive = dns(12);

/** The second part, by the rule that it breaks by itself or together with the first. */
const west = {
  accepted: { servers: pick(["web2", "ns3"]), links: links("web2 -> ns3") },
  syncBack: {
    servers: pick(["web2", "ns3"]),
    links: links("web2 -> ns3", "ns3 -> web2"),
    rules: relaxed("feeding-cycle"),
  },
  circle: {
    servers: pick(["web2"], { ns1: passive, ns2: dns(13, { intermediary: true }) }),
    links: links("web2 -> ns2", "ns2 -> ns1"),
    rules: relaxed("nameserver-link", "single-intermediary"),
  },
  circleOfStacks: {
    servers: pick(["web1", "web2"], { ns1: passive, ns2: dns(13, { intermediary: true }) }),
    links: links("web1 -> ns2", "web2 -> ns2", "ns2 -> ns1"),
    rules: relaxed("nameserver-link", "single-intermediary"),
  },
  chain: {
    servers: pick(["web1", "web2", "ns5"], {
      ns3: dns(14, { intermediary: true }),
      ns4: dns(15, { intermediary: true }),
    }),
    links: links("web1 -> ns3", "web2 -> ns3", "ns3 -> ns4", "ns4 -> ns5"),
  },
  secondIntermediary: {
    // The provider knows the first stack's servers too; the second stack links none of them.
    servers: { ...servers, ns3: dns(14, { intermediary: true }) },
    links: links("web1 -> ns3", "web2 -> ns3", "ns3 -> ns4"),
    rules: relaxed("nameserver-link"),
  },
} satisfies Record<string, TopologyInput>;

function matrixCase(rules: Overrides, bad: string, clusters: TopologyInput, stacks = clusters): MatrixCase {
  const good = "web2 -> ns3";
  return {
    plan: (accepted = false) =>
      accepted ? planOf(whole(rules, good), whole(rules)) : planOf(whole(rules, bad), whole(rules)),
    clusters: [east, clusters],
    stacks: [east, stacks],
    hiddenFromPreview: stacks !== west.syncBack,
  };
}

/** The three rules that go through every way in and every way of applying. */
export const cases = {
  "sync-back": matrixCase(relaxed("feeding-cycle"), "ns2 -> web2", west.syncBack),
  "feeding-cycle": matrixCase(
    relaxed("nameserver-link", "single-intermediary"),
    "ns2 -> ns1",
    west.circle,
    west.circleOfStacks,
  ),
  "single-intermediary": matrixCase(
    relaxed("nameserver-link"),
    "ns2 -> ns3",
    west.chain,
    west.secondIntermediary,
  ),
};

export type MatrixRule = keyof typeof cases;
export const matrixRules = Object.keys(cases) as MatrixRule[];

/** What is accepted, in the same forms. */
export const accepted = { whole: whole({}, "web2 -> ns3"), parts: [east, west.accepted] };
