import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { run } from "../../provider/cli/program";

const servers = `servers:
  web1: { type: cpanel, address: 192.0.2.10 }
  ns1: { type: dnsonly, address: 192.0.2.53 }
`;
const accepted = `${servers}links: [ { from: web1, to: ns1, role: sync } ]\n`;
const rejected = `${servers}links: [ { from: web1, to: ns1, role: sync }, { from: ns1, to: web1, role: sync } ]\n`;

describe("whm-dns", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "whm-dns-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function whmDns(words: string[], stdin = "") {
    let out = "";
    let err = "";
    const code = await run(words, "9.9.9", {
      stdin: Readable.from([stdin]),
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      color: false,
    });
    return { code, out, err };
  }
  const file = (text: string) => {
    const path = join(folder, "cluster.yaml");
    writeFileSync(path, text);
    return path;
  };

  test("[U] validate accepts with 0, names the verdict and draws the cluster", async () => {
    const { code, out, err } = await whmDns(["validate", file(accepted)]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(
      /^accepted\n\ndirect links[\s\S]*web1 \(cPanel & WHM\)\n└── sync ──> ns1 \(DNSOnly\)\n$/,
    );
  });

  test("[U] validate rejects with 1 and lists every finding with its rule", async () => {
    const { code, out } = await whmDns(["validate", "-"], rejected);
    expect(code).toBe(1);
    expect(out).toMatch(/^rejected: 2 errors, 1 warning\n/);
    expect(out).toMatch(/via: sync-back\n.*via: feeding-cycle\n/);
  });

  test("[U] validate --json prints data only, with link null where there is none", async () => {
    const { code, out } = await whmDns(["validate", "--json", file(rejected)]);
    expect(code).toBe(1);
    const data = JSON.parse(out) as { accepted: boolean; shape: string; findings: Record<string, unknown>[] };
    expect(data).toMatchObject({ accepted: false, shape: "direct" });
    expect(data.findings.find(({ rule }) => rule === "sync-back")).toEqual({
      rule: "sync-back",
      severity: "error",
      servers: ["ns1", "web1"],
      link: { from: "ns1", to: "web1" },
      message: expect.stringContaining("web server") as unknown,
      fix: expect.stringContaining("standalone") as unknown,
    });
    expect(data.findings.find(({ rule }) => rule === "feeding-cycle")).toHaveProperty("link", null);
  });

  test.each([
    [
      "a type that does not exist",
      "servers: { a: { type: foo } }",
      "servers.a.type: must be cpanel or dnsonly",
    ],
    ["a misspelled key", `${servers}lnks: []`, /lnks/],
    [
      "a misspelled role",
      `${servers}links: [ { from: web1, to: ns1, role: both } ]`,
      "links[0].role: must be sync, write-only or standalone",
    ],
    ["no servers", "links: []", "servers: "],
    [
      "a dnsonly server that is no nameserver",
      "servers: { a: { type: dnsonly, nameserver: false } }",
      "servers.a.nameserver",
    ],
    [
      "an override of a fixed rule",
      `${accepted}rules: { sync-back: { severity: "off", reason: x } }`,
      "sync-back",
    ],
    [
      "an override without a reason",
      `${accepted}rules: { nameserver-link: { severity: "off" } }`,
      "rules.nameserver-link.reason",
    ],
    [
      "an unknown rule",
      `${accepted}rules: { nameserver-lnk: { severity: "off", reason: x } }`,
      "nameserver-link",
    ],
    ["text that is no YAML", "servers: [a\nb: c", /no YAML: .*line \d+, column \d+\.$/m],
    ["an empty file", "", "(root)"],
  ])("[U] %s ends with 2, a sentence on standard error and nothing else", async (_what, text, sentence) => {
    for (const words of [
      ["validate", "--json", "-"],
      ["validate", "-"],
      ["graph", "-"],
    ]) {
      const { code, out, err } = await whmDns(words, text);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      if (typeof sentence === "string") expect(err).toContain(sentence);
      else expect(err).toMatch(sentence);
      expect(err).not.toMatch(/^\s+at /m);
    }
  });

  test("[U] a file that is not there ends with 2 and its name", async () => {
    expect(await whmDns(["validate", "/nowhere.yaml"])).toEqual({
      code: 2,
      out: "",
      err: "Cannot read /nowhere.yaml: there is no such file.\n",
    });
  });

  test.each([
    ["text", /web1 \(cPanel & WHM\)/],
    ["mermaid", /^flowchart LR\n/],
    ["dot", /^digraph /],
    ["svg", /<svg /],
  ])("[U] graph draws a rejected topology as %s", async (format, drawing) => {
    const { code, out } = await whmDns(["graph", file(rejected), "--format", format]);
    expect(code).toBe(0);
    expect(out).toMatch(drawing);
  });

  test("[U] graph --output writes the drawing to a file", async () => {
    const output = join(folder, "cluster.mmd");
    expect(await whmDns(["graph", file(accepted), "--format", "mermaid", "--output", output])).toMatchObject({
      code: 0,
      out: "",
    });
    expect(readFileSync(output, "utf8")).toMatch(/^flowchart LR\n/);
  });

  test("[U] rules prints every rule, one rule's story, and suggests the nearest for a misspelled one", async () => {
    const table = await whmDns(["rules"]);
    const data = JSON.parse((await whmDns(["rules", "--json"])).out) as { id: string; fixed: boolean }[];
    expect(data.length).toBeGreaterThan(30);
    for (const { id } of data) expect(table.out).toContain(id);
    expect((await whmDns(["rules", "sync-back"])).out).toMatch(/error, fixed[\s\S]*Override: +not possible/);
    expect(await whmDns(["rules", "sync-bak"])).toEqual({
      code: 2,
      out: "",
      err: "There is no rule sync-bak; did you mean sync-back?\n",
    });
  });

  test.each([
    [["valdate", "x"], /unknown command 'valdate'[\s\S]*validate/],
    [["validate"], /missing required argument 'file'/],
    [["graph", "-", "--format", "png"], /Allowed choices are text, mermaid, dot, svg/],
  ])("[U] the command line %j ends with 2 and says why", async (words, sentence) => {
    const { code, err } = await whmDns(words);
    expect(code).toBe(2);
    expect(err).toMatch(sentence);
  });

  test("[U] --version and --help end with 0", async () => {
    expect(await whmDns(["--version"])).toMatchObject({ code: 0, out: "9.9.9\n" });
    const help = await whmDns(["--help"]);
    expect(help.code).toBe(0);
    expect(help.out).toContain("Examples:");
  });
});
