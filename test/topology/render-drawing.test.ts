import { validateTopology } from "../../provider/topology";
import { buildGraph } from "../../provider/topology/model/graph";
import { readTopology } from "../../provider/topology/model/read-topology";
import { prepareDrawing } from "../../provider/topology/render/drawing";
import { renderText } from "../../provider/topology/render/text";
import { cpanelNameserver, dns, link, links, web } from "./builders";

const topology = {
  servers: { web1: web(1), web2: web(2), ns1: cpanelNameserver(3, { intermediary: true }), ns2: dns(4) },
  links: [...links("web1 -> ns1", "web2 -> ns1", "ns1 -> ns2"), link("web2 -> nobody", "standalone")],
  trusts: [
    { server: "web1", peer: "ns1" },
    { server: "web2", peer: "ns1" },
    { server: "web2", peer: "stranger" },
  ],
  apiTokens: [{ server: "ghost" }],
};

const graph = buildGraph(readTopology(topology));
const findings = validateTopology(topology);

describe("a drawing", () => {
  test("[U] shows undeclared servers that links, trusts and findings name", () => {
    expect(prepareDrawing(graph, []).unknown).toEqual(["nobody", "stranger"]);
    expect(prepareDrawing(graph, findings).unknown).toEqual(["ghost", "nobody", "stranger"]);
  });

  test("[U] omits everything about servers that are left out", () => {
    const drawing = prepareDrawing(graph, findings, new Set(["web1", "ns1", "ns2"]));
    expect(drawing.unknown).toEqual([]);
    expect(drawing.links).toEqual(links("ns1 -> ns2", "web1 -> ns1"));
    expect(drawing.trusts).toEqual([{ server: "web1", peer: "ns1" }]);
    expect(renderText(drawing).split("slow paths:\n")[1]).toBe("  web1 -> ns1 -> ns2: about 3 times slower");
    const without = prepareDrawing(graph, findings, new Set(["web1", "ns1"]));
    expect(renderText(without)).not.toContain("slow paths");
  });
});
