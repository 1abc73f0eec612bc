import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accepted, commandLine, rejected } from "./helpers";

const run = (command: "validate" | "graph", input: string, ...flags: string[]) =>
  commandLine([command, "-", "--markdown", ...flags], { input, colours: true });

describe("--markdown", () => {
  test("[U] validate writes the page and exits with the code of the verdict", async () => {
    const { output: page, ...end } = await run("validate", accepted);
    expect(end).toEqual({ code: 0, errors: "" });
    expect(page).toMatch(/^## standard input: accepted, shape direct\n\n```mermaid\n[^]*```\n$/);
    const { code, output } = await run("validate", rejected);
    expect(code).toBe(1);
    expect(output).toMatch(/^## standard input: rejected, shape direct, 2 errors/);
    expect(output).toContain("| **error** | ns1 -> web1 |");
  });

  test("[U] graph writes the same page and exits with 0", async () => {
    const { output } = await run("validate", rejected);
    expect(await run("graph", rejected)).toEqual({ code: 0, output, errors: "" });
  });

  test("[U] graph writes a comparison to a file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "whm-dns-"));
    try {
      const [old, file] = [join(folder, "old.yaml"), join(folder, "page.md")];
      writeFileSync(old, accepted);
      expect(await run("graph", rejected, "--before", old, "--output", file)).toEqual({
        code: 0,
        output: "",
        errors: "",
      });
      expect(readFileSync(file, "utf8")).toContain("\n1 added:\n\n```diff\n+ ns1 -> web1 (sync)\n```\n");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each([
    ["validate", ["--json"], "--json"],
    ["graph", ["--format", "svg"], "--format <format>"],
  ] as const)("[U] %s refuses --markdown together with %j", async (command, flags, named) => {
    const { code, output, errors } = await run(command, accepted, ...flags);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain(`error: option '--markdown' cannot be used with option '${named}'`);
  });

  test.each(["validate", "graph"] as const)(
    "[U] %s exits with 2 and writes no page for a malformed file",
    async (command) => {
      const { code, output, errors } = await run(command, "servers: { a: { type: x } }");
      expect({ code, output }).toEqual({ code: 2, output: "" });
      expect(errors).toContain("servers.a.type: must be cpanel or dnsonly");
    },
  );
});
