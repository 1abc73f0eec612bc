import type { TopologyInput } from "../../../provider/schema/topology";
import { isSameTopology } from "../../../provider/topology";
import { dns, link, web } from "../builders";

const topology: TopologyInput = {
  servers: { web1: web(10), ns1: dns(53) },
  links: [link("web1 -> ns1"), link("ns1 -> web1", "standalone")],
};

describe("two topologies", () => {
  test("[U] are equal whatever the order of their keys is", () => {
    const { servers, links } = topology;
    const turned = {
      ns1: Object.fromEntries(Object.entries(servers["ns1"]!).reverse()),
      web1: servers["web1"],
    };
    expect(isSameTopology(topology, { links, servers: turned } as never)).toBe(true);
    expect(isSameTopology(topology, { servers, links: links!.map((each) => ({ ...each })) })).toBe(true);
  });

  test("[U] differ in any value, in the order of a list, and in an omitted field", () => {
    const { servers, links } = topology;
    expect(isSameTopology(topology, { servers: { ...servers, ns1: dns(54) }, links })).toBe(false);
    expect(isSameTopology(topology, { servers, links: [...links!].reverse() })).toBe(false);
    expect(isSameTopology(topology, { servers })).toBe(false);
    expect(isSameTopology(topology, { ...topology, rules: { "web-server-link": null } } as never)).toBe(
      false,
    );
  });
});
