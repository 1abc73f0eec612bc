import type { TopologyInput } from "../../../provider/schema/topology";
import { classify, shapeTitles } from "../../../provider/topology";
import { chained, direct, dns, link, links, primary, web } from "../builders";

const servers = { web1: web(10), ns1: dns(53), ns2: dns(54), ns3: dns(55), ns4: dns(56) };

test("[U] a drawing names a shape with the words of the guide", () => {
  expect(shapeTitles).toEqual({
    direct: "direct links",
    "primary-nameserver": "primary nameserver as intermediary",
    "multiple-intermediaries": "multiple intermediaries",
    none: "no links that feed",
  });
});

describe("the shape of a cluster", () => {
  const cases: [string, TopologyInput, ReturnType<typeof classify>][] = [
    ["no links", { servers }, null],
    ["standalone links only", { servers, links: [link("web1 -> ns1", "standalone")] }, null],
    ["a link to a server that is not declared", { servers, links: links("web1 -> ns9") }, null],
    ["a link to itself", { servers, links: links("ns1 -> ns1") }, null],
    ["direct links", direct, "direct"],
    ["a nameserver that feeds one but is fed by none", { servers, links: links("ns1 -> ns2") }, "direct"],
    [
      "a nameserver that is fed and feeds a web server only",
      { servers, links: links("ns1 -> ns2", "ns2 -> web1") },
      "direct",
    ],
    ["a primary nameserver", primary, "primary-nameserver"],
    [
      "a primary nameserver beside direct links",
      { ...primary, links: [...(primary.links ?? []), link("web1 -> ns2")] },
      "primary-nameserver",
    ],
    [
      "an intermediary that is not declared as one",
      { servers, links: links("web1 -> ns1", "ns1 -> ns2") },
      "primary-nameserver",
    ],
    ["two intermediaries in a chain", chained, "multiple-intermediaries"],
    [
      "two intermediaries side by side",
      { servers, links: links("web1 -> ns1", "ns1 -> ns3", "web1 -> ns2", "ns2 -> ns4") },
      "multiple-intermediaries",
    ],
    [
      "two nameservers that feed each other",
      { servers, links: links("ns1 -> ns2", "ns2 -> ns1") },
      "multiple-intermediaries",
    ],
  ];

  test.each(cases)("[U] is correct for %s", (_name, topology, shape) => {
    expect(classify(topology)).toBe(shape);
  });
});
