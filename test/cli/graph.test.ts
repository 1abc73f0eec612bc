import { mkdtempSync, readFileSync, rmSync } from "node:fs";
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
  ])("[U] %s is drawn and ends with 0", async (format, beginning) => {
    const { code, output, errors } = await graph(accepted, "--format", format);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(output).toMatch(beginning);
    expect(output.endsWith("\n")).toBe(true);
  });

  test("[U] text is what is drawn when nothing is said", async () => {
    expect((await graph(accepted)).output).toBe((await graph(accepted, "--format", "text")).output);
  });

  test("[U] a rejected topology is drawn with its findings and ends with 0", async () => {
    const { code, output } = await graph(rejected);
    expect(code).toBe(0);
    expect(output).toContain("! error sync-back");
  });

  test("[U] a malformed topology ends with 2 and draws nothing", async () => {
    const { code, output, errors } = await graph("servers: { a: { type: x } }", "--format", "svg");
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain("servers.a.type: must be cpanel or dnsonly");
  });

  test("[U] an unknown format ends with 2 and names those that exist", async () => {
    const { code, errors } = await graph(accepted, "--format", "pdf");
    expect(code).toBe(2);
    expect(errors).toContain("text, mermaid, dot, svg");
  });

  test("[U] a drawing goes to a file instead of the output", async () => {
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

  test("[U] a file that cannot be written is a sentence with 2", async () => {
    expect(await graph(accepted, "--output", "/nowhere/x")).toMatchObject({
      code: 2,
      errors: "Failed to write /nowhere/x: there is no such file or folder.\n",
    });
  });
});
