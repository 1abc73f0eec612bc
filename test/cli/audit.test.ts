import { auditData } from "../../provider/cli/audit/audit-data";
import { auditJunit } from "../../provider/cli/audit/audit-junit";
import { auditMarkdown } from "../../provider/cli/audit/audit-markdown";
import { auditText } from "../../provider/cli/audit/audit-text";
import { declaredInStack } from "../../provider/cli/audit/declared";
import type { StackResource } from "../../provider/cli/look/stack";
import { coloursFor } from "../../provider/cli/streams";
import { differenceKinds, type Audit, type AuditedElement, type Difference } from "../../provider/survey";
import { textOf } from "../helpers/markdown-pages";
import { direct } from "../topology/builders";
import { accepted, commandLine } from "./helpers";

const difference = (server: string, peer: string, more: Partial<Difference> = {}): Difference => ({
  server,
  peer,
  kind: "role",
  declared: "sync",
  actual: "write-only",
  message: `${server} stores ${peer} with the role write-only; declared is sync.`,
  fix: `Set the role of ${peer} on ${server}.`,
  ...more,
});

const element = (name: string, ...differences: Difference[]): AuditedElement => ({
  type: "link",
  name,
  servers: [name.split(" ")[0]!],
  differences,
});

const server = (name: string, ...differences: Difference[]): AuditedElement => ({
  type: "server",
  name,
  servers: [name],
  differences,
});

const auditWith = (elements: AuditedElement[], unreadable: [string, string][] = []): Audit => ({
  elements,
  unreadable: new Map(unreadable),
});

const text = (audit: Audit, columns?: number) =>
  auditText("prod.yaml", audit, { colours: coloursFor(false), columns });

describe("audit for people", () => {
  test("[U] a clean one is one line that counts what was compared", () => {
    const trust: AuditedElement = { ...element("ns1 trusts web1"), type: "trust" };
    const address: AuditedElement = { ...element("192.0.2.53 on web1"), type: "trusted address" };
    expect(
      text(auditWith([server("web1"), server("ns1"), element("web1 -> ns1"), trust, address, address])),
    ).toEqual(["clean: 2 servers, 1 link, 1 trust and 2 trusted addresses stand as declared"]);
  });

  test("[U] differences stand under their servers, in reading order, each with the way out", () => {
    const links = [
      element("web10 -> ns1", difference("web10", "ns1")),
      element("web2 -> ns1", difference("web2", "ns1")),
    ];
    expect(text(auditWith([server("web2"), server("web10"), server("ns1"), ...links]))).toEqual([
      "prod.yaml: 2 differences on 2 of 3 servers",
      "",
      "web2",
      "  web2 stores ns1 with the role write-only; declared is sync. [role]",
      "    Set the role of ns1 on web2.",
      "",
      "web10",
      "  web10 stores ns1 with the role write-only; declared is sync. [role]",
      "    Set the role of ns1 on web10.",
    ]);
  });

  test("[U] what many servers have alike is told once, with their names", () => {
    const names = Array.from({ length: 12 }, (_each, at) => `web${at + 1}`);
    const links = names.map((name) => element(`${name} -> ns1`, difference(name, "ns1")));
    const other = element("web3 -> ns2", difference("web3", "ns2"));
    expect(text(auditWith([...names.map((name) => server(name)), ...links, other]))).toEqual([
      "prod.yaml: 13 differences on 12 of 12 servers",
      "",
      "several servers",
      "  web1 stores ns1 with the role write-only; declared is sync. [role]",
      `    12 like this, on ${names.join(", ")}.`,
      "    Set the role of ns1 on web1.",
      "",
      "web3",
      "  web3 stores ns2 with the role write-only; declared is sync. [role]",
      "    Set the role of ns2 on web3.",
    ]);
  });

  test("[U] what one server has alike about many others is told once, with their names", () => {
    const lines = ["ns1", "ns2", "ns3"].map((peer, at) =>
      difference("web1", peer, {
        message: `web1 does not trust 192.0.2.${at}, an address of ${peer}.`,
        fix: "Add it.",
      }),
    );
    expect(text(auditWith([server("web1", ...lines)])).slice(3)).toEqual([
      "  web1 does not trust 192.0.2.0, an address of ns1. [role]",
      "    3 like this, about ns1, ns2, ns3.",
      "    Add it.",
    ]);
  });

  test("[U] what many servers have alike about each of many others is told once", () => {
    const [web, dns] = [
      ["web1", "web2", "web3"],
      ["ns1", "ns2", "ns3"],
    ];
    const pairs = dns.flatMap((peer) => web.map((name) => element(name, difference(name, peer))));
    const alone = element("web9", difference("web9", "ns1"));
    expect(text(auditWith([...web.map((name) => server(name)), ...pairs])).slice(2)).toEqual([
      "several servers",
      "  web1 stores ns1 with the role write-only; declared is sync. [role]",
      "    9 like this, on web1, web2, web3, each about ns1, ns2, ns3.",
      "    Set the role of ns1 on web1.",
    ]);
    const lines = text(auditWith([...web.map((name) => server(name)), ...pairs, alone]));
    expect(lines.filter((line) => line.includes("like this"))).toEqual([
      "    4 like this, on web1, web2, web3, web9.",
      "    3 like this, on web1, web2, web3.",
      "    3 like this, on web1, web2, web3.",
    ]);
  });

  test("[U] lines are wrapped to the terminal", () => {
    const lines = text(auditWith([server("web1", difference("web1", "ns1"))]), 40);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(42);
    expect(lines.length).toBeGreaterThan(5);
  });

  test("[U] servers that can't be read are told apart", () => {
    const down: [string, string] = ["ns1", "Failed to connect on ns1: no answer [unreachable]. Wait."];
    expect(text(auditWith([server("web1"), server("ns1")], [down]))).toEqual([
      "prod.yaml: 1 of 2 servers can't be read, no differences on the others",
      "",
      "not read",
      "  Failed to connect on ns1: no answer [unreachable]. Wait.",
    ]);
    const both = auditWith([server("web1", difference("web1", "ns1")), server("ns1")], [down]);
    expect(text(both)[0]).toBe("prod.yaml: 1 difference on 1 of 2 servers, 1 of 2 servers can't be read");
  });

  test("[U] a control character from a server does not reach the terminal", () => {
    const wild = difference("web1", "ns1", { message: "role \u001b[2J and \u202e" });
    expect(text(auditWith([server("web1", wild)])).join("\n")).not.toMatch(/[\u001b\u202e]/);
  });
});

describe("audit --json", () => {
  test("[U] has exactly the documented fields, and is clean only if everything was read", () => {
    const { peer: _peer, ...lone } = difference("web1", "ns1");
    expect(auditData(auditWith([server("web1", lone)], [["ns1", "down"]]))).toEqual({
      clean: false,
      differences: [lone],
      unreadable: [{ server: "ns1", message: "down" }],
    });
    expect(auditData(auditWith([server("web1")]))).toEqual({ clean: true, differences: [], unreadable: [] });
    expect(auditData(auditWith([server("web1")], [["ns1", "down"]]))).toMatchObject({ clean: false });
  });
});

describe("audit --junit", () => {
  const strange = difference("web1", "ns1", {
    kind: "host-name",
    actual: `<a href="x">&amp;'\u0000\u001b\ud800</a>`,
    message: "a ]]> b\nc \uffff",
  });
  const audit = auditWith(
    [
      server("web1"),
      server("ns1"),
      element("web1 -> ns1", difference("web1", "ns1"), strange),
      element("ns1 -> ns2"),
      element("web1 -> ns2"),
    ],
    [["ns1", 'no "answer"']],
  );

  test("[U] has a case for each element and each further difference, an error for each unreadable server", () => {
    const xml = auditJunit("a<b>.yaml", audit);
    expect(xml).toContain('<testsuite name="a&lt;b&gt;.yaml" tests="6" failures="2" errors="1" skipped="1">');
    expect(xml.match(/<testcase /g)).toHaveLength(6);
    expect(xml).toContain('<error type="unreadable" message="no &quot;answer&quot;"/>');
    expect(xml).toContain('name="ns1 -&gt; ns2">\n      <skipped message="ns1 can&apos;t be read"/>');
    expect(xml).toContain('name="web1 -&gt; ns1 [host-name]">');
    expect(xml).toContain('<testcase classname="whm-dns.link" name="web1 -&gt; ns2"/>');
  });

  test("[U] is well-formed whatever a server says", () => {
    const xml = auditJunit("a", audit);
    expect(problemOf(xml)).toBeUndefined();
    expect(problemOf(xml.replace("</testsuite>", ""))).toBeDefined();
    expect(xml).not.toMatch(/[^\n\u0020-\ufffd]|[\ud800-\udfff]/);
    expect(xml).toContain("&lt;a href=&quot;x&quot;&gt;&amp;amp;&apos;");
  });
});

describe("audit --markdown", () => {
  test("[U] has a table of the differences and one of the servers that can't be read", () => {
    const page = auditMarkdown(
      "prod.yaml",
      auditWith([server("web1", difference("web1", "ns1"))], [["ns1", "a | b"]]),
    );
    expect(page.split("\n")).toEqual([
      "## prod.yaml: 1 difference on 1 of 1 server, 1 of 1 server can't be read",
      "",
      "| server | kind | declared | actual | what differs | the way out |",
      "| --- | --- | --- | --- | --- | --- |",
      "| web1 | `role` | sync | write-only | web1 stores ns1 with the role write-only; declared is sync. | Set the role of ns1 on web1. |",
      "",
      "| server | why it can't be read |",
      "| --- | --- |",
      "| ns1 | a &#124; b |",
    ]);
  });

  test("[U] fits a comment, and makes nothing of what servers say", () => {
    const many = Array.from({ length: 2_000 }, (_each, at) =>
      difference(`web${at}`, `ns${at}`, { message: `<img> @someone ${at}`, actual: "x".repeat(at % 50) }),
    );
    const page = auditMarkdown("prod.yaml", auditWith([server("web1", ...many)]));
    expect(page.length).toBeLessThan(60_000);
    expect(page).toMatch(/And \d+ more: `whm-dns audit` lists them all\.$/);
    expect(page).not.toMatch(/<img|@someone/);
  });
});

describe("what a stack declares", () => {
  const resource = (type: string, inputs: object, outputs: object = {}): StackResource => ({
    urn: `urn:pulumi:s::p::${type}::x`,
    type: `pulumi-nodejs:dynamic/whm:${type}`,
    inputs: inputs as Record<string, unknown>,
    outputs: outputs as Record<string, unknown>,
  });
  const gate = resource("TopologyGate", { topology: direct, logicalName: "o/p/s/gate" });

  test("[U] are the topologies of all its gates and its tokens", () => {
    const inputs = {
      server: "ns1",
      users: ["web1"],
      acls: ["all"],
      whitelistIps: ["192.0.2.10"],
      expiresAt: 9,
    };
    const token = resource("ApiToken", inputs, { tokenName: "ns1-for-web1-ab", token: "SECRET" });
    const elsewhere = resource("ApiToken", { server: "another" }, { tokenName: "x" });
    const declared = declaredInStack("prod", [gate, gate, token, elsewhere]);
    expect(declared).toMatchObject({ name: "stack prod", topologies: [direct, direct] });
    expect(declared.tokens).toEqual([
      {
        server: "ns1",
        users: ["web1"],
        name: "ns1-for-web1-ab",
        settings: { acls: ["all"], whitelistIps: ["192.0.2.10"], expiresAt: 9 },
      },
    ]);
  });

  test("[U] is the expiry of a renewed token instead of the declared one, until another is declared", () => {
    const renewal = { of: 9, until: 99, renews: 1 };
    const expiries = [9, 10].map((expiresAt) => {
      const token = resource("ApiToken", { server: "ns1", expiresAt }, { tokenName: "t", renewal });
      return declaredInStack("prod", [gate, token]).tokens?.map(({ settings }) => settings?.expiresAt);
    });
    expect(expiries).toEqual([[99], [10]]);
  });

  test("[U] is nothing without a gate, and a gate of another version is refused in words", () => {
    expect(() => declaredInStack("prod", [])).toThrow("The stack prod declares no DNS cluster");
    const strange = resource("TopologyGate", { topology: { servers: { web1: { type: "x" } } } });
    expect(() => declaredInStack("prod", [strange])).toThrow("servers.web1.type: must be cpanel or dnsonly");
  });
});

describe("the words of the command", () => {
  test.each([
    [[], "Say what is declared: name a topology file, or a stack"],
    [["-"], "Say how to reach the servers"],
    [["-", "--connections", "-"], "Standard input can be the topology or the connections, not both."],
    [["-", "--stack", "s", "--connections", "x"], "cannot be used with option"],
    [["-", "--json", "--junit"], "cannot be used with option"],
    [["-", "--json", "--markdown"], "cannot be used with option"],
    [["-", "--junit", "--markdown"], "cannot be used with option"],
    [["/nowhere/x.yaml"], "Failed to read /nowhere/x.yaml: there is no such file"],
  ])("[U] %j ends with 2 and a sentence", async (args, sentence) => {
    const { code, output, errors } = await commandLine(["audit", ...args], {
      input: accepted,
      untilStopped: () => new Promise(() => undefined),
    });
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain(sentence);
  });
});

test("[U] the page explains every kind of difference, in the order of the list", () => {
  const rows = [...textOf("docs/audit.md").matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, kind]) => kind);
  expect(rows).toEqual([...differenceKinds]);
});

/** Says why a text is not well-formed XML: its tags must nest, and only its own signs may stand for characters. */
function problemOf(xml: string): string | undefined {
  const open: string[] = [];
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  const rest = body.replace(
    /<(\/?)([a-z]+)((?: [a-z]+="(?:[^"<&]|&(?:amp|lt|gt|quot|apos|#10);)*")*)(\/?)>/g,
    (_tag, close: string, name: string, _attributes: string, empty: string) => {
      if (close) return open.pop() === name ? "" : `</${name}?>`;
      if (!empty) open.push(name);
      return "";
    },
  );
  const left = rest.replace(/&(?:amp|lt|gt|quot|apos|#10);/g, "");
  return open.length === 0 && !/[<&]/.test(left) ? undefined : `${open.join(", ")} ${left}`;
}
