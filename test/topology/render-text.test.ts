import type { TopologyInput } from "../../provider/schema/topology";
import { renderTopology } from "../../provider/topology";
import { dns, link, links, web } from "./builders";

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(3, "0")}`);

test("[U] the text drawing of a long chain stays within 100 columns, and shows each link once", () => {
  const names = numbered("nameserver", 40);
  const servers = Object.fromEntries(names.map((name, index) => [name, dns(index + 1)]));
  const chain = names.slice(1).map((name, index) => `${names[index]} -> ${name}`);
  const text = renderTopology({ servers, links: links(...chain) }, "text");
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(text.match(/sync ──>/g)).toHaveLength(39);
});

test("[U] the text drawing puts findings on shared lines of up to 80 characters", () => {
  const marked = (name: string): string[] => {
    const servers = { web1: web(1), ns1: dns(2), [name]: dns(3) };
    const apiTokens = [{ server: name, acls: ["list-accts"] }];
    const topology = { servers, links: links("web1 -> ns1", `web1 -> ${name}`), apiTokens };
    return renderTopology(topology, "text")
      .split("\n")
      .filter((line) => line.includes(`! ${name}`));
  };
  const words = "error token-acl, warning token-scope";
  const longest = "n".repeat(80 - `│   ! : ${words}`.length);
  expect(marked(longest)).toEqual([`│   ! ${longest}: ${words}`]);
  expect(marked(`${longest}n`)).toEqual([
    `│   ! ${longest}n: error token-acl`,
    `│   ! ${longest}n: warning token-scope`,
  ]);
});

describe("the slow paths", () => {
  /** So many web servers before one intermediary, with so many nameservers behind it. */
  const star = (webServers: number, nameservers: number): TopologyInput => {
    const [fronts, backs] = [numbered("web", webServers), numbered("ns", nameservers)];
    return {
      servers: {
        ...Object.fromEntries(fronts.map((name) => [name, web(1)])),
        ...Object.fromEntries(backs.map((name) => [name, dns(2)])),
        primary: dns(3, { intermediary: true }),
      },
      links: [
        ...fronts.map((name) => link(`${name} -> primary`)),
        ...backs.map((name) => link(`primary -> ${name}`)),
      ],
    };
  };
  const slowLines = (topology: TopologyInput): string[] =>
    renderTopology(topology, "text").split("slow paths:\n  ")[1]?.split("\n  ") ?? [];

  test("[U] are listed one by one up to twenty", () => {
    expect(slowLines(star(10, 2))).toHaveLength(20);
    expect(slowLines(star(7, 3))).toEqual([
      "every web server -> primary -> ns001: about 3 times slower",
      "every web server -> primary -> ns002: about 3 times slower",
      "every web server -> primary -> ns003: about 3 times slower",
    ]);
  });

  test("[U] are listed in up to a hundred lines", () => {
    expect(slowLines(star(1, 100)).slice(-1)).toEqual(["web001 -> primary -> ns100: about 3 times slower"]);
    expect(slowLines(star(1, 102)).slice(-2)).toEqual([
      "web001 -> primary -> ns100: about 3 times slower",
      "and 2 more",
    ]);
  });

  test("[U] are marked in an image with up to four web servers by name", () => {
    expect(renderTopology(star(4, 1), "mermaid")).toContain(
      "about 3 times slower from web001, web002, web003 and web004",
    );
    expect(renderTopology(star(5, 1), "mermaid")).toContain("about 3 times slower from every web server");
  });
});
