import { completeTopology, validateTopology, viaOfLink, viaOfTrust } from "../../../provider/topology";
import type { TopologyInput } from "../../../provider";

const inside = { type: "cpanel", address: "10.0.0.10", publicAddress: "203.0.113.10" } as const;
const outside = { type: "cpanel", address: "192.0.2.10" } as const;
const ns1 = { type: "dnsonly", address: "10.0.0.53", publicAddress: "203.0.113.53" } as const;
const servers = { inside, outside, ns1 };
const links = [
  { from: "inside", to: "ns1", role: "sync" },
  { from: "outside", to: "ns1", role: "sync" },
] as const;

const viasOf = (topology: TopologyInput): string[] => {
  const complete = completeTopology(topology);
  const known = new Map(Object.entries(complete.servers));
  return complete.links.map((link) => viaOfLink(link, known));
};

describe("the address under which a server is stored", () => {
  test("[U] is the public one of a server behind NAT for servers outside", () => {
    expect(viasOf({ servers, links: [...links] })).toEqual(["address", "publicAddress"]);
  });

  test("[U] is the one of the link, else the one of the cluster if the server has it", () => {
    const last = { from: "ns1", to: "outside", role: "standalone" } as const;
    const all = [...links, last];
    expect(viasOf({ servers, links: all, via: "publicAddress" })).toEqual([
      "publicAddress",
      "address",
      "publicAddress",
    ]);
    const said = [{ ...links[0], via: "publicAddress" } as const, links[1]];
    expect(viasOf({ servers, links: said, via: "address" })).toEqual(["publicAddress", "address"]);
  });

  test("[U] is omitted if it is the default", () => {
    const said = [{ ...links[0], via: "address" } as const, { ...links[1], via: "publicAddress" } as const];
    expect(completeTopology({ servers, links: said })).toEqual(
      completeTopology({ servers, links: [...links] }),
    );
  });

  test("[U] is derived for a trust too, from the view of its holder", () => {
    const known = new Map(Object.entries(servers));
    expect(viaOfTrust({ server: "inside", peer: "outside" }, known)).toBe("publicAddress");
    expect(viaOfTrust({ server: "outside", peer: "inside" }, known)).toBe("address");
  });

  test("[U] has to exist if it is requested", () => {
    const said = [{ from: "inside", to: "outside", role: "standalone", via: "publicAddress" } as const];
    const found = validateTopology({ servers, links: [...links, ...said] });
    expect(found.map(({ rule }) => rule)).toContain("member-address");
  });

  test("[U] pins a token to the addresses that its holder has for others", () => {
    const { apiTokens = [] } = completeTopology({ servers, links: [...links] });
    expect(apiTokens.map(({ users, whitelistIps }) => [users, whitelistIps])).toEqual([
      [["inside"], ["10.0.0.10", "203.0.113.10"]],
      [["outside"], ["192.0.2.10"]],
    ]);
  });
});
