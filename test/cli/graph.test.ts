import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accepted, commandLine, rejected } from "./helpers";

const graph = (input: string, ...flags: string[]) => commandLine(["graph", "-", ...flags], { input });

describe("graph", () => {
  test.each([
    ["text", /^direct links \(1 web server, 2 nameservers\)\n/],
    ["mermaid", /^flowchart LR\n/],
    ["dot", /^digraph cluster \{\n/],
    ["svg", /^<\?xml[^]*<svg[^]*<\/svg>\n$/],
  ])("[U] draws %s and exits with 0", async (format, beginning) => {
    const { code, output, errors } = await graph(accepted, "--format", format);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(output).toMatch(beginning);
    expect(output.endsWith("\n")).toBe(true);
  });

  test("[U] draws text by default", async () => {
    expect((await graph(accepted)).output).toBe((await graph(accepted, "--format", "text")).output);
  });

  test("[U] draws a rejected topology with its findings and exits with 0", async () => {
    const { code, output } = await graph(rejected);
    expect(code).toBe(0);
    expect(output).toContain("! error sync-back");
  });

  test("[U] exits with 2 and draws nothing for a malformed topology", async () => {
    const { code, output, errors } = await graph("servers: { a: { type: x } }", "--format", "svg");
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain("servers.a.type: must be cpanel or dnsonly");
  });

  test("[U] exits with 2 for an unknown format and lists the known ones", async () => {
    const { code, errors } = await graph(accepted, "--format", "pdf");
    expect(code).toBe(2);
    expect(errors).toContain("text, mermaid, dot, svg");
  });

  test("[U] draws an image in the colours of a theme", async () => {
    const auto = await graph(accepted, "--format", "svg");
    const dark = await graph(accepted, "--format", "svg", "--theme", "dark");
    expect(auto.output).toContain("prefers-color-scheme: dark");
    expect(dark).toMatchObject({ code: 0, errors: "" });
    expect(dark.output).toMatch(/^<\?xml[^]*fill="#0d1117"/);
  });

  test.each([["--format", "dot"], ["--markdown"]])(
    "[U] exits with 2 for a theme of %s %s",
    async (...flags) => {
      expect(await graph(accepted, "--theme", "dark", ...flags)).toEqual({
        code: 2,
        output: "",
        errors: "--theme is for SVG images only: leave it out, or add --format svg.\n",
      });
    },
  );

  test("[U] writes the drawing to a file instead of the output", async () => {
    const folder = mkdtempSync(join(tmpdir(), "whm-dns-"));
    try {
      const file = join(folder, "cluster.dot");
      const result = await graph(accepted, "--format", "dot", "--output", file);
      expect(result).toEqual({ code: 0, output: "", errors: "" });
      expect(readFileSync(file, "utf8")).toBe((await graph(accepted, "--format", "dot")).output);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("[U] exits with 2 and one sentence for a file that cannot be written", async () => {
    expect(await graph(accepted, "--output", "/nowhere/x")).toMatchObject({
      code: 2,
      errors: "Failed to write /nowhere/x: there is no such file or folder.\n",
    });
  });
});

describe("graph --before", () => {
  let folder: string;
  let old: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "whm-dns-"));
    old = join(folder, "old.yaml");
    writeFileSync(old, accepted);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const changed = accepted.replace("ns2, role: sync", "ns2, role: standalone");
  const compare = (input: string, ...flags: string[]) => graph(input, "--before", old, ...flags);

  test("[U] lists the changes, then draws the new topology", async () => {
    const { code, output, errors } = await compare(changed);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(output).toMatch(/^1 changed\n\nlinks:\n {2}~ web1 -> ns2: role sync => standalone\n/);
    expect(output).toContain("└── standalone ╌╌> ns2");
  });

  test.each([
    ["mermaid", "sync =#gt; standalone (changed)"],
    ["dot", "~ sync =&gt; standalone"],
    ["svg", "~ sync =&gt; standalone"],
  ])("[U] shows the change in %s", async (format, said) => {
    const { code, output } = await compare(changed, "--format", format);
    expect(code).toBe(0);
    expect(output.replace(/&#160;/g, " ")).toContain(said);
  });

  test("[U] reports that nothing has changed", async () => {
    expect((await compare(accepted)).output).toMatch(/^no change in servers, links, roles and trusts\n/);
  });

  test("[U] reads one of the two topologies from standard input, but not both", async () => {
    const { output } = await commandLine(["graph", "--before", "-", old], { input: changed });
    expect(output).toContain("~ web1 -> ns2: role standalone => sync");
    expect(await graph(changed, "--before", "-")).toEqual({
      code: 2,
      output: "",
      errors: "Only one of the two files can be standard input.\n",
    });
  });

  test("[U] names the malformed file and draws nothing", async () => {
    const broken = join(folder, "broken.yaml");
    writeFileSync(broken, "servers: { a: { type: x } }");
    const first = await graph(accepted, "--before", broken);
    expect(first).toMatchObject({ code: 2, output: "" });
    expect(first.errors).toContain(`${broken} is malformed:`);
    const second = await commandLine(["graph", "--before", old, broken]);
    expect(second).toMatchObject({ code: 2, output: "" });
    expect(second.errors).toContain(`${broken} is malformed:`);
    expect((await compare("servers: 1")).errors).toContain("standard input is malformed:");
    expect((await graph(accepted, "--before", join(folder, "none.yaml"))).errors).toContain(
      `Failed to read ${join(folder, "none.yaml")}: there is no such file or folder.`,
    );
  });

  test("[U] colours signs and marks on a terminal and leaves the words unchanged", async () => {
    const more = `${changed}  - { from: ns1, to: web1, role: sync }\n`;
    const args = ["graph", "--before", old, "-"];
    const plain = await commandLine(args, { input: more });
    const coloured = await commandLine(args, { input: more, colours: true });
    expect(coloured.output).toContain("\u001b[32m  + ns1 -> web1 (sync)\u001b[39m");
    expect(coloured.output).toContain("! \u001b[31merror sync-back\u001b[39m");
    expect(coloured.output.replace(/\u001b\[\d+m/g, "")).toBe(plain.output);
  });
});
