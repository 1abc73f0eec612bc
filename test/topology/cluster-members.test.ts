import { validateTopology } from "../../provider/topology";
import { dns, links, web } from "./builders";

const rulesFor = (topology: Parameters<typeof validateTopology>[0]) =>
  validateTopology(topology).map(({ rule }) => rule);

describe("which servers are in a cluster", () => {
  test("[U] a server that ends no link is declared and not judged, so that it can be taken out in two steps", () => {
    expect(
      rulesFor({ servers: { web1: web(10), ns1: dns(53), ns2: dns(54) }, links: links("web1 -> ns1") }),
    ).toEqual([]);
    expect(
      rulesFor({ servers: { web1: web(10), web2: web(11), ns1: dns(53) }, links: links("web1 -> ns1") }),
    ).toEqual([]);
  });

  test("[U] rules over everything judge it all the same", () => {
    const ns2 = dns(54, { version: "10.0" });
    const servers = { web1: web(10), ns1: dns(53), ns2 };
    expect(rulesFor({ servers, links: links("web1 -> ns1") })).toEqual(["supported-version"]);
  });

  test("[U] without any link every server counts, and nothing is accepted", () => {
    expect(rulesFor({ servers: { web1: web(10) }, links: [] })).toEqual(["two-servers", "web-server-fed"]);
    expect(rulesFor({ servers: { ns1: dns(53), ns2: dns(54) }, links: [] })).toEqual([
      "cpanel-present",
      "nameserver-fed",
      "nameserver-fed",
    ]);
    expect(rulesFor({ servers: {}, links: [] })).toEqual(["two-servers", "cpanel-present"]);
  });
});
