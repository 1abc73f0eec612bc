import { renderTopology } from "../../provider/topology";
import {
  chained,
  cpanelNameserver,
  direct,
  directWith,
  dns,
  link,
  links,
  primary,
  reversed,
  web,
} from "./builders";

const lines = (...text: string[]): string => text.join("\n");

describe("the text drawing", () => {
  test("[U] of direct links", () => {
    expect(renderTopology(direct, "text")).toBe(
      lines(
        "direct links (2 web servers, 2 nameservers)",
        "",
        "web1 (cPanel & WHM)",
        "├── sync ──> ns1 (DNSOnly)",
        "└── sync ──> ns2 (DNSOnly)",
        "web2 (cPanel & WHM)",
        "├── sync ──> ns1 (DNSOnly)",
        "└── sync ──> ns2 (DNSOnly)",
      ),
    );
  });

  test("[U] of a primary nameserver", () => {
    expect(renderTopology(primary, "text")).toBe(
      lines(
        "primary nameserver as intermediary (1 web server, 3 nameservers)",
        "",
        "web1 (cPanel & WHM)",
        "└── sync ──> ns1 (DNSOnly, intermediary)",
        "    ├── sync ──> ns2 (DNSOnly)",
        "    └── sync ──> ns3 (DNSOnly)",
        "",
        "slow paths:",
        "  web1 -> ns1 -> ns2: about 3 times slower",
        "  web1 -> ns1 -> ns3: about 3 times slower",
      ),
    );
  });

  test("[U] of multiple intermediaries", () => {
    expect(renderTopology(chained, "text")).toBe(
      lines(
        "multiple intermediaries (2 web servers, 3 nameservers)",
        "",
        "web1 (cPanel & WHM)",
        "└── sync ──> ns1 (DNSOnly, intermediary)",
        "    ! ns1: warning single-intermediary",
        "    └── sync ──> ns2 (DNSOnly, intermediary)",
        "        └── sync ──> ns3 (DNSOnly)",
        "web2 (cPanel & WHM)",
        "└── sync ──> ns1 (DNSOnly, intermediary), see above",
        "",
        "slow paths:",
        "  web1 -> ns1 -> ns2: about 3 times slower",
        "  web1 -> ns1 -> ns2 -> ns3: about 9 times slower",
        "  web2 -> ns1 -> ns2: about 3 times slower",
        "  web2 -> ns1 -> ns2 -> ns3: about 9 times slower",
      ),
    );
  });

  test("[U] shows roles, trust, what is not declared, and findings where they are", () => {
    const topology = {
      servers: { web1: web(10), ns1: cpanelNameserver(53), spare: dns(99) },
      links: [link("web1 -> ns1"), link("ns1 -> nowhere", "standalone"), link("ns1 -> web1", "write-only")],
      trusts: [{ server: "web1", peer: "spare" }],
    };
    expect(renderTopology(topology, "text")).toBe(
      lines(
        "direct links (1 web server, 2 nameservers)",
        "",
        "ns1 (cPanel & WHM, nameserver)",
        "! ns1: error feeding-cycle, warning cpanel-nameserver",
        "├── standalone ╌╌> nowhere (not declared)",
        "│   ! error known-server",
        "└── write-only ──> web1 (cPanel & WHM)",
        "    ! error sync-back, warning write-only-duplicates",
        "    ! web1: warning nameserver-coverage, warning cpanel-nameserver",
        "    └── sync ──> ns1 (cPanel & WHM, nameserver), see above",
        "spare (DNSOnly)",
        "! spare: error nameserver-fed",
        "",
        "trust:",
        "  spare trusts web1  ! warning needless-trust",
      ),
    );
  });

  test("[U] stays within 100 columns on a long chain, and shows each link once", () => {
    const names = Array.from({ length: 40 }, (_, index) => `nameserver${String(index).padStart(2, "0")}`);
    const servers = Object.fromEntries(names.map((name, index) => [name, dns(index + 1)]));
    const chain = names.slice(1).map((name, index) => `${names[index]} -> ${name}`);
    const text = renderTopology({ servers, links: links(...chain) }, "text");
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(text.match(/sync ──>/g)).toHaveLength(39);
  });

  test("[U] cannot be torn apart by a name with a line break", () => {
    const text = renderTopology(
      { servers: { "a\nb": web(1), c: dns(2) }, links: [{ from: "a\nb", to: "c", role: "sync" }] },
      "text",
    );
    expect(text).toContain("a?b (cPanel & WHM)");
  });
});

describe("the Mermaid flowchart", () => {
  test("[U] of direct links", () => {
    expect(renderTopology(direct, "mermaid")).toBe(
      lines(
        "flowchart LR",
        '  s1(["ns1<br/>DNSOnly"])',
        '  s2(["ns2<br/>DNSOnly"])',
        '  s3["web1<br/>cPanel #amp; WHM"]',
        '  s4["web2<br/>cPanel #amp; WHM"]',
        '  s3 -->|"sync"| s1',
        '  s3 -->|"sync"| s2',
        '  s4 -->|"sync"| s1',
        '  s4 -->|"sync"| s2',
      ),
    );
  });

  test("[U] of a primary nameserver", () => {
    expect(renderTopology(primary, "mermaid")).toBe(
      lines(
        "flowchart LR",
        '  s1(["ns1<br/>DNSOnly, intermediary"])',
        '  s2(["ns2<br/>DNSOnly"])',
        '  s3(["ns3<br/>DNSOnly"])',
        '  s4["web1<br/>cPanel #amp; WHM"]',
        '  s1 -->|"sync"| s2',
        '  s1 -->|"sync"| s3',
        '  s4 -->|"sync"| s1',
      ),
    );
  });

  test("[U] of multiple intermediaries", () => {
    expect(renderTopology(chained, "mermaid")).toBe(
      lines(
        "flowchart LR",
        '  s1(["ns1<br/>DNSOnly, intermediary"])',
        '  s2(["ns2<br/>DNSOnly, intermediary"])',
        '  s3(["ns3<br/>DNSOnly"])',
        '  s4["web1<br/>cPanel #amp; WHM"]',
        '  s5["web2<br/>cPanel #amp; WHM"]',
        '  s1 -->|"sync"| s2',
        '  s2 -->|"sync"| s3',
        '  s4 -->|"sync"| s1',
        '  s5 -->|"sync"| s1',
      ),
    );
  });

  test("[U] escapes every name that would break it, and colours what is wrong", () => {
    const hostile = 'end"] --> <b>#1`';
    const servers = { [hostile]: web(1), ns1: dns(2) };
    const text = renderTopology({ servers, links: [{ from: "ns1", to: hostile, role: "sync" }] }, "mermaid");
    expect(text.split("\n")).toEqual([
      "flowchart LR",
      '  s1["end#quot;] --#gt; #lt;b#gt;#35;1#96;<br/>cPanel #amp; WHM"]',
      '  s2(["ns1<br/>DNSOnly"])',
      '  s2 -->|"sync (error sync-back)"| s1',
      "  linkStyle 0 stroke:#c0392b",
      "  style s1 stroke:#c0392b",
      "  style s2 stroke:#c0392b",
    ]);
  });

  test("[U] draws trust and standalone links dotted", () => {
    const topology = directWith({
      links: [link("web1 -> ns1", "standalone")],
      trusts: [{ server: "web1", peer: "web2" }],
    });
    const text = renderTopology(topology, "mermaid");
    expect(text).toContain('  s3 -.->|"standalone"| s1');
    expect(text).toContain('  s4 -.->|"trusts"| s3');
  });
});

describe("the Graphviz graph", () => {
  test("[U] escapes quotes, backslashes and whatever looks like an entity", () => {
    const text = renderTopology({ servers: { 'a"\\N&lt;': web(1) } }, "dot");
    expect(text).toContain('"a\\"\\\\N&amp;lt;" [label="a\\"\\\\N&amp;lt;\\ncPanel & WHM"');
  });

  test("[U] becomes an SVG image", async () => {
    const image = await renderTopology(
      { ...primary, servers: { ...primary.servers, 'x"<y>': dns(77) } },
      "svg",
    );
    expect(image).toMatch(/^<\?xml[^]*<svg[^]*<\/svg>\s*$/);
    expect(image).toContain("x&quot;&lt;y&gt;");
    expect(image).toContain("intermediary");
  });
});

describe("every drawing", () => {
  test.each(["text", "mermaid", "dot"] as const)(
    "[U] is the same whatever the order of the topology: %s",
    (format) => {
      for (const topology of [direct, primary, chained]) {
        expect(renderTopology(reversed(topology), format)).toBe(renderTopology(topology, format));
      }
    },
  );
});
