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

const webServer = "fill:#dbeafe,color:#000,stroke:#1d4ed8";
const nameserver = "fill:#dcfce7,color:#000,stroke:#15803d";

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
        "        ! ns2: warning single-intermediary",
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
        "! ns1: warning cpanel-nameserver",
        "├── standalone ╌╌> nowhere (not declared)",
        "│   ! error known-server",
        "└── write-only ──> web1 (cPanel & WHM)",
        "    ! error sync-back, error feeding-cycle, warning write-only-duplicates",
        "    ! web1: warning nameserver-coverage, warning cpanel-nameserver",
        "    └── sync ──> ns1 (cPanel & WHM, nameserver), see above",
        "        ! error feeding-cycle",
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
        `  style s1 ${nameserver}`,
        `  style s2 ${nameserver}`,
        `  style s3 ${webServer}`,
        `  style s4 ${webServer}`,
      ),
    );
  });

  test("[U] of a primary nameserver", () => {
    expect(renderTopology(primary, "mermaid")).toBe(
      lines(
        "flowchart LR",
        '  s1(["ns1<br/>DNSOnly, intermediary"])',
        '  s2(["ns2<br/>DNSOnly<br/>about 3 times slower from web1"])',
        '  s3(["ns3<br/>DNSOnly<br/>about 3 times slower from web1"])',
        '  s4["web1<br/>cPanel #amp; WHM"]',
        '  s1 -->|"sync"| s2',
        '  s1 -->|"sync"| s3',
        '  s4 -->|"sync"| s1',
        `  style s1 ${nameserver},stroke-width:4px`,
        `  style s2 ${nameserver}`,
        `  style s3 ${nameserver}`,
        `  style s4 ${webServer}`,
      ),
    );
  });

  test("[U] of multiple intermediaries", () => {
    expect(renderTopology(chained, "mermaid")).toBe(
      lines(
        "flowchart LR",
        '  s1(["ns1<br/>DNSOnly, intermediary<br/>warning single-intermediary"])',
        '  s2(["ns2<br/>DNSOnly, intermediary<br/>about 3 times slower from web1 and web2<br/>warning single-intermediary"])',
        '  s3(["ns3<br/>DNSOnly<br/>about 9 times slower from web1 and web2"])',
        '  s4["web1<br/>cPanel #amp; WHM"]',
        '  s5["web2<br/>cPanel #amp; WHM"]',
        '  s1 -->|"sync"| s2',
        '  s2 -->|"sync"| s3',
        '  s4 -->|"sync"| s1',
        '  s5 -->|"sync"| s1',
        "  style s1 fill:#dcfce7,color:#000,stroke:#9a6700,stroke-width:4px",
        "  style s2 fill:#dcfce7,color:#000,stroke:#9a6700,stroke-width:4px",
        `  style s3 ${nameserver}`,
        `  style s4 ${webServer}`,
        `  style s5 ${webServer}`,
      ),
    );
  });

  test("[U] escapes every name that would break it, and colours what is wrong", () => {
    const hostile = 'end"] --> <b>#1`';
    const servers = { [hostile]: web(1), ns1: dns(2) };
    const text = renderTopology({ servers, links: [{ from: "ns1", to: hostile, role: "sync" }] }, "mermaid");
    expect(text.split("\n")).toEqual([
      "flowchart LR",
      '  s1["end#quot;] --#gt; #lt;b#gt;#35;1#96;<br/>cPanel #amp; WHM<br/>error web-server-fed<br/>warning cpanel-nameserver"]',
      '  s2(["ns1<br/>DNSOnly<br/>error nameserver-fed"])',
      '  s2 -->|"sync (error sync-back)"| s1',
      "  linkStyle 0 stroke:#c0392b,stroke-width:3px",
      "  style s1 fill:#dbeafe,color:#000,stroke:#c0392b,stroke-width:4px",
      "  style s2 fill:#dcfce7,color:#000,stroke:#c0392b,stroke-width:4px",
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
    expect(text).toContain('"a\\"\\\\N&amp;lt;" [label=<<b>a&quot;\\\\N&amp;lt;</b><br/>');
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

describe("the marks of findings", () => {
  test("[U] stand on each link of a circle, at each of several intermediaries, at the target of a competition", () => {
    const topology = {
      servers: { web1: web(1), web2: web(2), ns1: dns(3), ns2: dns(4), ns3: dns(5) },
      links: [
        link("web1 -> ns3", "write-only"),
        link("web2 -> ns3", "write-only"),
        ...links("web1 -> ns1", "ns1 -> ns2", "ns2 -> ns1"),
      ],
    };
    const text = renderTopology(topology, "mermaid");
    expect(text).toContain('s1 -->|"sync (error feeding-cycle, error nameserver-link)"| s2');
    expect(text).toContain('s2 -->|"sync (error feeding-cycle, error nameserver-link)"| s1');
    expect(text).toMatch(/"ns1<br\/>.*error single-intermediary/);
    expect(text).toMatch(/"ns2<br\/>.*error single-intermediary/);
    expect(text).toContain('"ns3<br/>DNSOnly<br/>warning write-only-competition"');
  });

  test("[U] on a trust leave out what is wrong with a link between the same two", () => {
    const topology = {
      servers: { web1: web(1), ns1: cpanelNameserver(2) },
      links: links("web1 -> ns1", "ns1 -> web1"),
      trusts: [{ server: "web1", peer: "ns1" }],
    };
    expect(renderTopology(topology, "text")).toMatch(/ns1 trusts web1  ! error trust-link-conflict$/);
    expect(renderTopology(topology, "mermaid")).toContain('|"trusts (error trust-link-conflict)"|');
  });

  test("[U] name a rule once and count it", () => {
    const servers = { web1: web(1), web2: web(2), ns1: dns(3), ns2: dns(4), ns3: dns(5) };
    const topology = { servers, links: links("web1 -> ns1", "web2 -> ns2", "web2 -> ns3") };
    expect(renderTopology(topology, "text")).toContain("! web2: warning nameserver-coverage\n");
    const twice = directWith({
      apiTokens: [
        { server: "ns1", acls: [] },
        { server: "ns1", acls: ["x"] },
      ],
    });
    expect(renderTopology(twice, "text")).toContain("! ns1: error token-acl, warning token-scope (2)\n");
  });

  test("[U] of the cluster as a whole stand below its shape, not at one of its servers", () => {
    expect(renderTopology({ servers: { ns1: dns(1), ns2: dns(2) } }, "text")).toContain(
      "(0 web servers, 2 nameservers)\n! error cpanel-present\n",
    );
    expect(renderTopology({ servers: { ns1: dns(1), ns2: dns(2) } }, "mermaid")).toContain(
      'note1>"error cpanel-present"]',
    );
  });

  test.each(["text", "mermaid", "dot"] as const)("[U] are there where no server is: %s", (format) => {
    const text = renderTopology({ servers: {} }, format);
    expect(text).toContain("error two-servers");
    expect(text).toContain("error cpanel-present");
  });

  test.each(["text", "mermaid", "dot"] as const)(
    "[U] are there for a name that no link, only a token or a list speaks of: %s",
    (format) => {
      const topology = directWith({ trustedAddresses: { ghost: [] }, apiTokens: [{ server: "phantom" }] });
      const text = renderTopology(topology, format);
      expect(text).toMatch(/ghost.*\n?.*error known-server/);
      expect(text).toMatch(/phantom.*\n?.*error known-server/);
    },
  );
});

describe("predicted slow-downs", () => {
  const behind = (count: number) => ({
    servers: {
      ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`web${index + 1}`, web(index + 1)])),
      ns1: dns(1, { intermediary: true }),
      ns2: dns(2),
      ns3: dns(3),
    },
    links: [
      ...Array.from({ length: count }, (_, index) => link(`web${index + 1} -> ns1`)),
      ...links("ns1 -> ns2", "ns1 -> ns3", "web1 -> ns3"),
    ],
  });

  test("[U] are named at the nameserver, for each web server that has a slow path", () => {
    const text = renderTopology(behind(3), "mermaid");
    expect(text).toContain("ns2<br/>DNSOnly<br/>about 3 times slower from web1, web2 and web3");
    expect(text).toContain("ns3<br/>DNSOnly<br/>about 3 times slower from web2 and web3");
  });

  test("[U] of many web servers are counted, and all of them are called every web server", () => {
    const text = renderTopology(behind(12), "mermaid");
    expect(text).toContain("about 3 times slower from every web server");
    expect(text).toContain("about 3 times slower from 11 web servers");
  });

  test("[U] of many paths are told together where the paths differ in their web server only", () => {
    const [, slow = ""] = renderTopology(behind(12), "text").split("slow paths:\n");
    expect(slow.split("\n")).toEqual([
      "  every web server -> ns1 -> ns2: about 3 times slower",
      "  web10, web11, web12, web2, web3, web4, web5, web6 and 3 more -> ns1 -> ns3: about 3 times slower",
    ]);
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
