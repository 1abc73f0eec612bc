import { compareTopologies } from "../../../provider/topology";
import { cpanelNameserver, direct, directWith, dns, link, links, primary, reversed, web } from "../builders";

const nothing = {
  servers: { added: [], removed: [], changed: [] },
  links: { added: [], removed: [], changed: [] },
  trusts: { added: [], removed: [] },
};

describe("comparing topologies", () => {
  test("[U] names added and removed servers, links and trusts", () => {
    const { ns2: _gone, ...kept } = direct.servers;
    const after = {
      servers: { ...kept, ns3: dns(55) },
      links: links("web1 -> ns1", "web2 -> ns1", "web1 -> ns3"),
    };
    expect(compareTopologies(directWith({ trusts: [{ server: "web1", peer: "web2" }] }), after)).toEqual({
      servers: { added: ["ns3"], removed: ["ns2"], changed: [] },
      links: {
        added: [link("web1 -> ns3")],
        removed: [link("web1 -> ns2"), link("web2 -> ns2")],
        changed: [],
      },
      trusts: { added: [], removed: [{ server: "web1", peer: "web2" }] },
    });
  });

  test("[U] names a changed role once, not as a removed and an added link", () => {
    const after = directWith({
      links: [...links("web1 -> ns1", "web2 -> ns1", "web2 -> ns2"), link("web1 -> ns2", "standalone")],
    });
    expect(compareTopologies(direct, after).links).toEqual({
      added: [],
      removed: [],
      changed: [{ from: "web1", to: "ns2", before: "sync", after: "standalone" }],
    });
  });

  test("[U] reports each link separately if a pair has several", () => {
    const several = directWith({ links: [link("web1 -> ns1"), link("web1 -> ns1", "write-only")] });
    const one = directWith({ links: [link("web1 -> ns1", "standalone")] });
    const { links: there } = compareTopologies(several, one);
    expect(there).toEqual({ added: one.links, removed: several.links, changed: [] });
    const { links: back } = compareTopologies(one, several);
    expect(back).toEqual({ added: several.links, removed: one.links, changed: [] });
  });

  test("[U] names every changed attribute of a server with both values", () => {
    const before = { servers: { a: web(1, { hostname: "a.example.com" }), b: dns(2) } };
    const after = {
      servers: {
        a: cpanelNameserver(9, { hostname: "a.example.com", dnssec: true }),
        b: dns(2, { intermediary: true }),
      },
    };
    expect(compareTopologies(before, after).servers.changed).toEqual([
      {
        name: "a",
        attributes: [
          { attribute: "address", before: "192.0.2.1", after: "192.0.2.9" },
          { attribute: "dnssec", before: undefined, after: true },
          { attribute: "nameserver", before: false, after: true },
        ],
      },
      { name: "b", attributes: [{ attribute: "intermediary", before: false, after: true }] },
    ]);
  });

  test("[U] ignores order, long role names, and explicit defaults and trusts", () => {
    const servers = { web1: web(1), ns1: cpanelNameserver(2) };
    const short = { servers, links: links("web1 -> ns1") };
    const long = {
      servers: { web1: web(1, { nameserver: false }), ns1: cpanelNameserver(2, { intermediary: false }) },
      links: [link("web1 -> ns1", "synchronize")],
      trusts: [{ server: "web1", peer: "ns1" }],
    };
    expect(compareTopologies(short, long)).toEqual(nothing);
    expect(compareTopologies(primary, reversed(primary))).toEqual(nothing);
  });

  test("[U] counts a repeated link", () => {
    const twice = directWith({ links: [...(direct.links ?? []), link("web1 -> ns1")] });
    expect(compareTopologies(direct, twice).links).toEqual({
      added: [link("web1 -> ns1")],
      removed: [],
      changed: [],
    });
  });

  test("[U] compares names that are properties of every object correctly", () => {
    const servers = { constructor: web(1), toString: dns(2) };
    expect(compareTopologies({ servers: {} }, { servers }).servers.added).toEqual([
      "constructor",
      "toString",
    ]);
  });
});
