import { topology as topologySchema, type TopologyInput } from "../../../provider/schema/topology";
import {
  completeTopology,
  neededTokens,
  neededTrustedAddresses,
  neededTrusts,
  validateTopology,
} from "../../../provider/topology";
import { cpanelNameserver, direct, dns, link, links, primary, web } from "../builders";

const mixed: TopologyInput = {
  servers: {
    web1: web(10, { publicAddress: "203.0.113.10" }),
    ns1: cpanelNameserver(53),
    ns2: cpanelNameserver(54),
    ns3: dns(55),
    ns4: cpanelNameserver(56),
  },
  links: [
    link("web1 -> ns1"),
    link("web1 -> ns2", "write-only"),
    link("web1 -> ns3"),
    link("web1 -> ns4"),
    link("ns4 -> web1", "standalone"),
  ],
};

describe("needed trusts", () => {
  test("[U] are one for each sync link between cPanel & WHM servers without an entry back", () => {
    expect(neededTrusts(mixed)).toEqual([{ server: "web1", peer: "ns1" }]);
  });

  test("[U] are none if every nameserver runs DNSOnly", () => {
    expect(neededTrusts(direct)).toEqual([]);
  });
});

describe("needed trusts of several links", () => {
  test("[U] are one for each link, except links to itself and standalone links", () => {
    const servers = { web1: web(10), ns1: cpanelNameserver(53), ns2: cpanelNameserver(54) };
    const given = [...links("web1 -> ns1", "web1 -> ns2", "web1 -> web1"), link("ns1 -> ns2", "standalone")];
    expect(neededTrusts({ servers, links: given })).toEqual([
      { server: "web1", peer: "ns1" },
      { server: "web1", peer: "ns2" },
    ]);
  });
});

describe("needed trusted addresses", () => {
  test("[U] are sorted, without duplicates and without empty lists", () => {
    const servers = {
      web1: web(10),
      web2: web(11),
      a: dns(55),
      b: dns(53),
      c: dns(54, { publicAddress: "192.0.2.55" }),
    };
    expect(neededTrustedAddresses({ servers, links: links("web1 -> a", "web1 -> b", "web1 -> c") })).toEqual({
      web1: ["192.0.2.53", "192.0.2.55"],
    });
  });

  test("[U] exclude web servers on the way and nameservers with an unknown address", () => {
    const servers = { web1: web(10), web2: web(11), ns1: { type: "dnsonly" as const }, ns2: dns(54) };
    const { web1, web2 } = neededTrustedAddresses({
      servers,
      links: links("web1 -> web2", "web2 -> ns1", "web2 -> ns2"),
    });
    expect(web1).toStrictEqual(["192.0.2.54"]);
    expect(web2).toStrictEqual(["192.0.2.54"]);
  });

  test("[U] include every nameserver on the paths of each web server", () => {
    expect(neededTrustedAddresses(primary)).toEqual({ web1: ["192.0.2.53", "192.0.2.54", "192.0.2.55"] });
  });

  test("[U] are public if a public address is given, and are omitted if none is known", () => {
    const servers = {
      web1: web(10),
      ns1: dns(53, { publicAddress: "203.0.113.53" }),
      ns2: { type: "dnsonly" as const },
    };
    expect(neededTrustedAddresses({ servers, links: links("web1 -> ns1", "web1 -> ns2") })).toEqual({
      web1: ["203.0.113.53"],
    });
  });
});

describe("needed tokens", () => {
  test("[U] are one for each entry, on the server that it opens, pinned to the server that uses it", () => {
    const tokens = neededTokens({ ...mixed, links: [link("web1 -> ns1")] });
    expect(tokens).toEqual([
      { server: "ns1", users: ["web1"], acls: ["clustering"], whitelistIps: ["192.0.2.10", "203.0.113.10"] },
      { server: "web1", users: ["ns1"], acls: ["clustering"], whitelistIps: ["192.0.2.53"] },
    ]);
  });

  test("[U] are not duplicated if a standalone link and a trust are one entry", () => {
    const links = [link("web1 -> ns1", "standalone")];
    expect(neededTokens({ ...mixed, links, trusts: [{ server: "ns1", peer: "web1" }] })).toHaveLength(1);
  });

  test("[U] exclude a link to itself and links with an undeclared server", () => {
    const given = links("web1 -> web1", "nobody -> ns1", "web1 -> nobody");
    expect(neededTokens({ servers: { web1: web(10), ns1: dns(53) }, links: given })).toEqual([]);
  });

  test("[U] exclude undeclared servers, and are not pinned if no address is known", () => {
    const servers = { web1: { type: "cpanel" as const }, ns1: dns(53) };
    expect(neededTokens({ servers, links: links("web1 -> ns1", "web1 -> ns9") })).toEqual([
      { server: "ns1", users: ["web1"], acls: ["clustering"] },
    ]);
  });
});

describe("a completed topology", () => {
  test.each([
    ["direct", direct],
    ["primary nameserver", primary],
    ["mixed", mixed],
  ])("[U] has the same findings as before and is accepted by the schema: %s", (_name, topology) => {
    const complete = completeTopology(topology);
    expect(validateTopology(complete)).toEqual(validateTopology(topology));
    expect(topologySchema.parse(complete)).toEqual(complete);
    expect(completeTopology(complete)).toEqual(complete);
  });

  test("[U] keeps given values, even empty ones", () => {
    const given = { ...mixed, trusts: [], trustedAddresses: {}, apiTokens: [] };
    expect(completeTopology(given)).toEqual({ ...given, links: completeTopology(mixed).links });
    expect(completeTopology({ ...mixed, trusts: [] }).trustedAddresses).toEqual(
      neededTrustedAddresses(mixed),
    );
  });

  test("[U] keeps overrides and adds none", () => {
    const rules = { "redundant-link": { severity: "off" as const, reason: "x" } };
    expect(completeTopology({ ...direct, rules }).rules).toEqual(rules);
    expect(completeTopology(direct)).not.toHaveProperty("rules");
  });
});
