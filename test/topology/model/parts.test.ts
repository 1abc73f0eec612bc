import { clusterPart, usedPart, withoutUnusedServers } from "../../../provider/topology/model/parts";
import { readTopology } from "../../../provider/topology/model/read-topology";
import { direct, directWith, dns, links, web } from "../builders";

const servers = { web1: web(10), web2: web(11), ns1: dns(53), ns2: dns(54), spare: dns(99) };
const namesIn = (part: { servers: ReadonlyMap<string, unknown> }): string[] => [...part.servers.keys()];

describe("the cluster in a topology", () => {
  test("[U] has the servers with a link or a trust", () => {
    const declared = { servers, links: links("web1 -> ns1"), trusts: [{ server: "web2", peer: "ns2" }] };
    expect(namesIn(clusterPart(readTopology(declared)))).toEqual(["ns1", "ns2", "web1", "web2"]);
    const trusting = { servers, trusts: [{ server: "web2", peer: "web1" }] };
    expect(namesIn(clusterPart(readTopology(trusting)))).toEqual(["web1", "web2"]);
  });

  test("[U] has all servers if there is no link or trust, even with tokens and lists", () => {
    const declared = readTopology({
      servers,
      apiTokens: [{ server: "ns1" }],
      trustedAddresses: { web1: [] },
    });
    expect(clusterPart(declared)).toBe(declared);
  });
});

describe("the used part of a topology", () => {
  const declared = {
    servers,
    links: links("web1 -> ns1"),
    apiTokens: [{ server: "ns2", users: ["web2"] }],
  };

  test("[U] has the ends of links, servers and users of tokens, and keys of the trusted addresses", () => {
    expect(namesIn(usedPart(readTopology(declared)))).toEqual(["ns1", "ns2", "web1", "web2"]);
    expect(namesIn(usedPart(readTopology({ servers, apiTokens: [{ server: "ns2" }] })))).toEqual(["ns2"]);
    expect(namesIn(usedPart(readTopology({ servers, trustedAddresses: { spare: [] } })))).toEqual(["spare"]);
    expect(namesIn(usedPart(readTopology({ servers })))).toEqual([]);
  });

  test("[U] is the same for a topology before it is read", () => {
    const { spare: _spare, ...used } = servers;
    expect(withoutUnusedServers(declared)).toEqual({ ...declared, servers: used });
    expect(withoutUnusedServers(direct)).toEqual({ ...direct, links: readTopology(direct).links });
    expect(withoutUnusedServers(directWith({ servers })).servers).toEqual(direct.servers);
  });
});
