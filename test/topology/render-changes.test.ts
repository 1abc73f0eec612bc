import { renderComparison } from "../../provider/topology";
import { direct, directWith, dns, link, links, web } from "./builders";

const before = directWith({ trusts: [{ server: "web1", peer: "web2" }] });
const after = {
  servers: { web1: web(10), web2: web(99), ns1: dns(53, { intermediary: true }), ns3: dns(55) },
  links: [link("web1 -> ns1"), link("web2 -> ns1", "write-only"), link("ns1 -> ns3"), link("ns3 -> web1")],
  trusts: [{ server: "web2", peer: "web1" }],
};

const drawn = async (format: "text" | "mermaid" | "dot" | "svg"): Promise<string> =>
  renderComparison(before, after, format);

describe("a drawing of changes", () => {
  test("[U] as text lists them with signs, then draws the topology after them", async () => {
    const [list = "", drawing = ""] = (await drawn("text")).split("\n\nthe topology after them:\n\n");
    expect(list.split("\n")).toEqual([
      "4 added, 4 removed, 3 changed",
      "",
      "servers:",
      "  + ns3 (DNSOnly)",
      "  - ns2 (DNSOnly)",
      "  ~ ns1: intermediary false => true",
      "  ~ web2: address 192.0.2.11 => 192.0.2.99",
      "",
      "links:",
      "  + ns1 -> ns3 (sync)",
      "  + ns3 -> web1 (sync)",
      "  - web1 -> ns2 (sync)",
      "  - web2 -> ns2 (sync)",
      "  ~ web2 -> ns1: role sync => write-only",
      "",
      "trust:",
      "  + web1 trusts web2",
      "  - web2 trusts web1",
    ]);
    expect(drawing).toContain("web2 (cPanel & WHM)");
    expect(drawing).toContain("error sync-back");
    expect(drawing).not.toContain("ns2");
  });

  test("[U] as Mermaid says them in words", async () => {
    const text = await drawn("mermaid");
    for (const said of [
      '"ns3 (added)<br/>',
      '"ns2 (removed)<br/>DNSOnly"',
      '"ns1 (changed)<br/>DNSOnly, intermediary<br/>intermediary false =#gt; true"',
      "address 192.0.2.11 =#gt; 192.0.2.99",
      '"sync (added) (error sync-back',
      '"sync (removed)"',
      '"sync =#gt; write-only (changed) (warning write-only-duplicates)"',
      '"trusts (added)"',
      '"trusts (removed)"',
      '>"4 added, 4 removed, 3 changed"]',
    ]) {
      expect(text).toContain(said);
    }
  });

  test.each(["dot", "svg"] as const)(
    "[U] as %s shows them with signs and explains the signs",
    async (format) => {
      const text = (await drawn(format)).replace(/&#45;/g, "-").replace(/&#160;/g, " ");
      for (const said of [
        ">+ ns3<",
        ">- ns2<",
        ">~ ns1<",
        ">+ sync<",
        ">- sync<",
        ">~ sync =&gt; write-only<",
        ">+ trusts<",
        ">- trusts<",
        ">4 added, 4 removed, 3 changed<",
        ">added<",
        ">removed<",
        ">changed<",
      ]) {
        expect(text).toContain(said);
      }
    },
  );

  test("[U] colours a change, but an error first", async () => {
    const text = await drawn("dot");
    expect(text).toMatch(/"ns3" -> "web1" \[.*\+ sync.*error sync-back.*color="#c0392b"/);
    expect(text).toMatch(/"ns2" \[.*style="filled,rounded,dashed".*color="#6b7280"/);
    expect(text).toMatch(/"web2" -> "ns1" \[.*style=dashed, arrowhead=empty, color="#7c3aed"/);
  });

  test.each(["text", "mermaid", "dot", "svg"] as const)(
    "[U] says so when nothing has changed: %s",
    async (format) => {
      const text = (await renderComparison(direct, direct, format)).replace(/&#160;/g, " ");
      expect(text).toContain("no change in servers, links, roles and trusts");
      expect(text).not.toMatch(/added|removed|\(changed\)/);
    },
  );

  test("[U] draws a removed server that a link still speaks of once, as removed", async () => {
    const { ns2: _gone, ...servers } = direct.servers;
    const text = await renderComparison(direct, directWith({ servers }), "mermaid");
    expect(text.match(/"ns2/g)).toHaveLength(1);
    expect(text).toContain('"ns2 (removed)<br/>not declared');
  });

  test("[U] folds a crowd, but keeps what has changed apart", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `web${index + 1}`);
    const servers = {
      ...Object.fromEntries(names.map((name, index) => [name, web(index + 1)])),
      ns1: dns(101),
      ns2: dns(102),
    };
    const all = { servers, links: names.flatMap((name) => links(`${name} -> ns1`, `${name} -> ns2`)) };
    const one = { ...all, links: all.links.filter(({ from, to }) => !(from === "web9" && to === "ns2")) };
    const text = await renderComparison(all, one, "mermaid");
    expect(text).toContain('"29 web servers<br/>');
    expect(text).toContain('"web9<br/>');
    expect(text.match(/\(removed\)/g)).toHaveLength(1);
  });
});
