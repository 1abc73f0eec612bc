import { renderComparison } from "../../provider/topology";
import { direct, directWith, dns, links, web } from "./builders";

describe("a drawing of changes", () => {
  test("[U] shows a removed server that a link still names once, as removed", async () => {
    const { ns2: _gone, ...servers } = direct.servers;
    const text = await renderComparison(direct, directWith({ servers }), "mermaid");
    expect(text.match(/"ns2/g)).toHaveLength(1);
    expect(text).toContain('"ns2 (removed)<br/>not declared');
  });

  test("[U] folds similar servers but shows changed ones separately", async () => {
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
