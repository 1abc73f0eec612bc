import type { Link, TopologyInput } from "../../../provider/schema/topology";
import { validateWithLive, withLiveLinks, type Grouping, type LiveLinks } from "../../../provider/topology";
import { dns, link, links, primary, web } from "../builders";

const servers = {
  web1: web(10),
  web2: web(11),
  ns1: dns(53),
  ns2: dns(54, { intermediary: true }),
  ns3: dns(55),
};
/** web2 feeds ns3 through ns2. */
const declared: TopologyInput = { servers, links: links("web2 -> ns2", "ns2 -> ns3") };

function held(...ends: string[]): LiveLinks {
  return { links: links(...ends) as LiveLinks["links"], servers };
}

function rulesBroken(
  topology: TopologyInput,
  beside: LiveLinks,
  grouping: Grouping = "link-by-link",
): string[] {
  return validateWithLive(topology, beside, grouping).map(({ rule }) => rule);
}

describe("a declaration beside live links", () => {
  test.each<[string, LiveLinks, string[]]>([
    ["there are no live links", held(), []],
    ["the declared links are live already", held("web2 -> ns2", "ns2 -> ns3"), []],
    ["another web server has links of its own", held("web1 -> ns1"), []],
    ["a live link leads back to the web server", held("ns3 -> web2"), ["feeding-cycle"]],
    [
      "a live link closes a circle of nameservers",
      held("ns3 -> ns2"),
      ["feeding-cycle", "single-intermediary", "multiple-intermediaries-size"],
    ],
    ["a live chain makes a second intermediary", held("web1 -> ns1", "ns1 -> ns2"), ["single-intermediary"]],
  ])("[U] is judged correctly if %s", (_what, beside, broken) => {
    expect(rulesBroken(declared, beside)).toEqual(broken);
  });

  test("[U] has no finding about rules that live links alone break", () => {
    const alone = held("ns1 -> ns3", "ns3 -> ns1", "web1 -> ns1");
    expect(rulesBroken({ servers, links: links("web2 -> ns2") }, alone)).toEqual([]);
  });

  test("[U] counts a link that it declares standalone as standalone, even if the live link feeds", () => {
    const braked = { servers, links: [...links("web2 -> ns3"), link("ns3 -> ns2", "standalone")] };
    expect(rulesBroken(braked, held("ns3 -> ns2", "ns2 -> ns3"))).toEqual([]);
  });

  test("[U] applies its overrides, and no finding reports missing trusts, addresses or tokens", () => {
    const rules = { "single-intermediary": { severity: "warning" as const, reason: "two sites" } };
    const beside = held("web1 -> ns1", "ns1 -> ns2");
    expect(rulesBroken({ ...declared, rules }, beside)).toEqual([]);
    expect(rulesBroken({ ...declared, trustedAddresses: {}, apiTokens: [], rules }, beside)).toEqual([]);
  });

  test.each<Grouping>(["one-cluster", "link-by-link"])(
    "[U] is separate from live links that are not connected with it: %s",
    (grouping) => {
      const other = held("web9 -> ns8", "ns8 -> ns9");
      const beside = {
        ...other,
        servers: { web9: web(90), ns8: dns(91, { intermediary: true }), ns9: dns(92) },
      };
      expect(rulesBroken(primary, beside, grouping)).toEqual([]);
      const connected = { ...beside, links: [...beside.links, link("web1 -> ns8") as Link] };
      expect(rulesBroken(primary, connected, grouping)).toContain("single-intermediary");
    },
  );

  test("[U] is judged as one cluster even if its parts are not connected", () => {
    const apart: TopologyInput = { servers, links: links("web1 -> ns1", "web2 -> ns2", "ns2 -> ns3") };
    const beside = held("ns1 -> ns4");
    const more = { ...beside, servers: { ...servers, ns4: dns(99) } };
    expect(rulesBroken(apart, more, "one-cluster")).toContain("single-intermediary");
    expect(rulesBroken(apart, more, "link-by-link")).toEqual([]);
  });

  test("[U] is merged with nearby live links into one topology: each link once, in its declared role", () => {
    const beside = {
      ...held("web2 -> ns2", "web1 -> ns2", "web9 -> ns9"),
      servers: { ...servers, ns2: dns(99), web9: web(97), ns9: dns(98) },
    };
    const rules = { "redundant-link": { severity: "off" as const, reason: "x" } };
    const own: TopologyInput = { servers, links: [link("web2 -> ns2", "write-only"), link("ns2 -> ns3")] };
    const together = {
      servers: { ...servers, web9: web(97), ns9: dns(98) },
      links: [link("web2 -> ns2", "write-only"), link("ns2 -> ns3"), link("web1 -> ns2")],
    };
    expect(withLiveLinks(own, beside)).toEqual(together);
    expect(withLiveLinks({ ...own, rules }, beside)).toEqual({ ...together, rules });
    expect(withLiveLinks({ servers }, held("web1 -> ns1"))).toEqual({ servers, links: [] });
  });
});
