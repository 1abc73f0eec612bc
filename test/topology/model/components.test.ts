import { splitIntoClusters } from "../../../provider/topology";
import { dns, link, links, web } from "../builders";

const servers = { web1: web(10), web2: web(11), web3: web(12), ns1: dns(53), ns2: dns(54), spare: dns(99) };

describe("clusters of links declared one by one", () => {
  test("[U] are connected over links in either direction, in any role", () => {
    const clusters = splitIntoClusters({
      servers,
      links: [link("web1 -> ns1"), link("ns1 -> web2", "standalone"), link("web3 -> ns2")],
    });
    expect(clusters.map((cluster) => Object.keys(cluster.servers))).toEqual([
      ["ns1", "web1", "web2"],
      ["ns2", "web3"],
    ]);
  });

  test("[U] are connected over trusts", () => {
    const [first, ...more] = splitIntoClusters({ servers, trusts: [{ server: "web1", peer: "web2" }] });
    expect(more).toEqual([]);
    expect(first).toEqual({
      servers: { web1: web(10), web2: web(11) },
      links: [],
      trusts: [{ server: "web1", peer: "web2" }],
    });
  });

  test("[U] exclude servers without a link or a trust", () => {
    expect(splitIntoClusters({ servers, apiTokens: [{ server: "spare" }] })).toEqual([]);
  });

  test("[U] contain their own trusts, trusted addresses and tokens, and all overrides", () => {
    const rules = { "nameserver-fed": { severity: "off" as const, reason: "later" } };
    const [first, second] = splitIntoClusters({
      servers,
      links: links("web1 -> ns1", "web2 -> ns2"),
      trusts: [],
      trustedAddresses: { web1: ["192.0.2.53"], spare: ["192.0.2.1"] },
      apiTokens: [{ server: "ns2" }],
      rules,
    });
    expect(first).toMatchObject({
      trusts: [],
      trustedAddresses: { web1: ["192.0.2.53"] },
      apiTokens: [],
      rules,
    });
    expect(second).toMatchObject({ trustedAddresses: {}, apiTokens: [{ server: "ns2" }], rules });
  });

  test("[U] can have links to undeclared servers", () => {
    const clusters = splitIntoClusters({
      servers,
      links: links("web1 -> nowhere", "nobody -> web1", "x -> y"),
    });
    expect(clusters).toHaveLength(1);
    expect(clusters[0]?.links).toHaveLength(2);
  });

  test("[U] are not connected by an undeclared server", () => {
    const [first, second, ...more] = splitIntoClusters({
      servers,
      links: links("web1 -> nowhere", "web2 -> nowhere", "x -> y"),
      trusts: [
        { server: "nobody", peer: "web1" },
        { server: "web2", peer: "nobody" },
        { server: "x", peer: "y" },
      ],
      apiTokens: [{ server: "x" }],
      trustedAddresses: { x: [] },
    });
    expect(more).toEqual([]);
    expect(first).toEqual({
      servers: { web1: web(10) },
      links: links("web1 -> nowhere"),
      trusts: [{ server: "nobody", peer: "web1" }],
      apiTokens: [],
      trustedAddresses: {},
    });
    expect(second).toMatchObject({
      servers: { web2: web(11) },
      links: links("web2 -> nowhere"),
      trusts: [{ server: "web2", peer: "nobody" }],
    });
  });

  test("[U] are sorted by their first names", () => {
    const clusters = splitIntoClusters({ servers, links: links("web1 -> ns2", "web3 -> ns1") });
    expect(clusters.map((cluster) => Object.keys(cluster.servers))).toEqual([
      ["ns1", "web3"],
      ["ns2", "web1"],
    ]);
  });
});
