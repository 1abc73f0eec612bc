import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../helpers/run-command";
import { commandLine } from "./helpers";

const scriptFor = async (shell: string) => (await commandLine(["completion", shell])).output;

describe("the completion for bash", () => {
  let folder: string;
  let script: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "whm-completion-"));
    mkdirSync(join(folder, "clusters"));
    writeFileSync(join(folder, "cluster.yaml"), "");
    script = await scriptFor("bash");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Returns what bash suggests for the last word of each line. */
  async function suggestions(lines: readonly string[][]): Promise<string[][]> {
    const calls = lines.map(
      (words) =>
        `COMP_WORDS=(whm-dns ${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length}; ` +
        `_whm_dns; echo "\${COMPREPLY[@]}"`,
    );
    const { stdout, stderr } = await runCommand("bash", ["--norc", "-c", [script, ...calls].join("\n")], {
      folder,
    });
    expect(stderr).toBe("");
    return stdout
      .slice(0, -1)
      .split("\n")
      .map((line) => line.split(" ").filter(Boolean).sort());
  }

  test.each<[string, string[], string[]]>([
    ["a command", ["val"], ["validate"]],
    ["a command below another", ["simulate", "c"], ["change"]],
    ["a command below that", ["simulate", "change", ""], ["help", "role", "untrust"]],
    ["an option", ["graph", "--fo"], ["--format"]],
    ["an option after a file", ["graph", "cluster.yaml", "--th"], ["--theme"]],
    ["the value of an option", ["graph", "--format", "s"], ["svg"]],
    ["a value after =", ["graph", "--format", "=", "m"], ["mermaid"]],
    ["no more than = yet", ["graph", "--theme", "="], ["auto", "dark", "light"]],
    ["an argument with choices", ["completion", ""], ["bash", "fish", "zsh"]],
    ["a path as an argument", ["validate", "clus"], ["cluster.yaml", "clusters"]],
    ["a path as a value", ["doctor", "--connections", "cluster."], ["cluster.yaml"]],
    ["a folder as a value", ["adopt", "--out", "clus"], ["clusters"]],
    ["nothing for a value that can't be known", ["status", "--stack", ""], []],
    ["options where no word is known", ["tokens", "--j"], ["--json"]],
    ["the command, not a value that reads like one", ["simulate", "--out", "change", "c"], ["change"]],
    ["the command, not a value after =", ["simulate", "--out", "=", "change", "c"], ["change"]],
    ["a rule", ["rules", "sync-"], ["sync-back", "sync-member-removed"]],
    ["a role, after the servers", ["simulate", "change", "role", "web1", "ns1", "s"], ["standalone", "sync"]],
    [
      "a role after an option",
      ["simulate", "change", "role", "--connections", "x", "web1", "ns1", "w"],
      ["write-only"],
    ],
    ["no role in place of a server", ["simulate", "change", "role", "web1", "s"], []],
    ["no second file", ["validate", "cluster.yaml", "clus"], []],
    ["nothing for an unknown word", ["simulate", "x"], []],
  ])("[I] suggests %s", async (_title, words, expected) => {
    expect(await suggestions([words])).toEqual([expected]);
  });

  test("[I] knows exactly the commands and options that --help lists", async () => {
    const listed = await listedByHelp([]);
    expect(listed.map(({ path }) => path.join(" "))).toEqual(
      expect.arrayContaining(["", "validate", "adopt", "simulate change untrust", "completion"]),
    );
    const options = await suggestions(listed.map(({ path }) => [...path, "--"]));
    const groups = listed.filter(({ commands }) => commands.length > 0);
    const commands = await suggestions(groups.map(({ path }) => [...path, ""]));
    expect(options).toEqual(listed.map((each) => each.options));
    expect(commands).toEqual(groups.map((each) => each.commands));
  });
});

interface Listed {
  readonly path: string[];
  readonly options: string[];
  readonly commands: string[];
}

/** Reads the help of a command and of all below it. */
async function listedByHelp(path: string[]): Promise<Listed[]> {
  const { output } = await commandLine([...path, "--help"]);
  const namesIn = (section: string): string[] => {
    const [, lines = ""] = new RegExp(`^${section}:\n((?: {2}.*\n)*)`, "m").exec(output) ?? [];
    return [...lines.matchAll(/^ {2}(?:-\w, )?(\S+)/gm)].map(([, name]) => name!).sort();
  };
  const commands = namesIn("Commands");
  const below = commands.filter((name) => name !== "help").map((name) => listedByHelp([...path, name]));
  return [{ path, options: namesIn("Options"), commands }, ...(await Promise.all(below)).flat()];
}

describe("the completions for all shells", () => {
  test.each(["bash", "zsh", "fish"])(
    "[I] are scripts that %s can parse, where it is installed",
    async (shell) => {
      const { code, output, errors } = await commandLine(["completion", shell]);
      expect({ code, errors }).toEqual({ code: 0, errors: "" });
      if (spawnSync(shell, ["--version"]).error) return;
      expect(await runCommand(shell, ["-n"], { input: output })).toEqual({ code: 0, stdout: "", stderr: "" });
    },
  );

  test.each(["zsh", "fish"])("[I] name every command and option for %s", async (shell) => {
    const script = await scriptFor(shell);
    const listed = await listedByHelp([]);
    const names = listed.flatMap(({ options, commands }) => [
      ...options.map((option) => (shell === "fish" ? `--long-option ${option.slice(2)} ` : option)),
      ...commands,
    ]);
    expect(names.filter((name) => !script.includes(name))).toEqual([]);
  });

  test("[I] exist for three shells; another one is refused with their names", async () => {
    const { code, output, errors } = await commandLine(["completion", "tcsh"]);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain("Allowed choices are bash, zsh, fish.");
  });
});
