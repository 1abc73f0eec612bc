import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runCommand } from "../helpers/run-command";
import { accepted, commandLine, type CommandLineResult } from "./helpers";

// Two projects in one repository: dns has two stacks, mail has one.
const repository: Readonly<Record<string, string>> = {
  "README.md": "# DNS\n",
  "dns/Pulumi.yaml": "name: dns\nruntime: nodejs\n",
  "dns/Pulumi.prod.yaml": "config: {}\n",
  "dns/Pulumi.staging.yaml": "config: {}\n",
  "dns/cluster.yaml": accepted,
  "dns/connections.yaml": "web1: { host: web1.example.com }\n",
  "dns/index.ts": "export {};\n",
  "mail/Pulumi.yaml": "name: mail\nruntime: nodejs\n",
  "mail/Pulumi.prod.yaml": "config: {}\n",
  "mail/clusters/one.yaml": accepted,
  "mail/clusters/two.yaml": accepted,
};

const dns = { folder: "dns", topologies: ["dns/cluster.yaml"] };
const both = (reason: string): object[] => ["prod", "staging"].map((stack) => ({ stack, ...dns, reason }));

const start = process.cwd();
let folder: string;
beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "whm-affected-")));
  process.chdir(folder);
  await git("init", "--quiet", "--initial-branch=main");
  for (const [file, text] of Object.entries(repository)) put(file, text);
  await commit();
  await git("tag", "start");
});
afterEach(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true });
});

describe("whm-dns affected", () => {
  test.each<[string, () => Promise<unknown> | void, object[]]>([
    ["nothing", () => undefined, []],
    ["a role", () => put("dns/cluster.yaml", changedRole), both("topology")],
    [
      "only comments, quotes and the order of keys",
      () => put("dns/cluster.yaml", writtenOtherwise(accepted)),
      [],
    ],
    [
      "a trusted address",
      () => put("dns/cluster.yaml", `${accepted}trustedAddresses: {}\n`),
      both("topology"),
    ],
    ["a topology that is malformed now", () => put("dns/cluster.yaml", "servers: 1\n"), both("topology")],
    ["the program", () => put("dns/index.ts", "export const shape = 1;\n"), both("program")],
    ["a file that the program reads", () => put("dns/connections.yaml", "{}\n"), both("program")],
    ["the configuration of one stack", () => put("dns/Pulumi.staging.yaml", "{}\n"), [staging()]],
    ["the project", () => put("dns/Pulumi.yaml", "name: other\n"), both("configuration")],
    ["pages", () => put("README.md", "# Other\n"), []],
    ["a stack that is gone", () => git("rm", "--quiet", "dns/Pulumi.staging.yaml"), []],
    ["a project that is gone", () => git("rm", "-r", "--quiet", "dns"), []],
  ])("[I] lists the stacks that are affected by %s", async (_title, change, expected) => {
    await change();
    expect(await stacks()).toEqual(expected);
    await commit();
    expect(await stacks()).toEqual(expected);
  });

  test("[I] lists the stacks of a removed topology with those that are left", async () => {
    await git("rm", "--quiet", "mail/clusters/one.yaml");
    const left = ["mail/clusters/two.yaml"];
    expect(await stacks()).toEqual([{ stack: "prod", folder: "mail", topologies: left, reason: "topology" }]);
  });

  test("[I] lists the stacks of a topology that has moved out of their folder", async () => {
    await git("mv", "dns/cluster.yaml", "mail/cluster.yaml");
    expect(await stacks()).toMatchObject([
      { stack: "prod", folder: "dns", topologies: [], reason: "topology" },
      { stack: "staging", folder: "dns", topologies: [], reason: "topology" },
      { stack: "prod", folder: "mail", reason: "topology" },
    ]);
  });

  test("[I] lists the stacks of a new folder once Git tracks it, and not those of the folder around it", async () => {
    put("dns/new/Pulumi.yaml", "name: new\n");
    put("dns/new/Pulumi.one stack.yaml", "{}\n");
    put("dns/new/cluster.json", JSON.stringify({ servers: {}, links: [] }));
    expect(await stacks()).toEqual([]);
    await git("add", "--all");
    const topologies = ["dns/new/cluster.json"];
    expect(await stacks()).toEqual([
      { stack: "one stack", folder: "dns/new", topologies, reason: "topology" },
    ]);
  });

  test("[I] looks only below the current folder", async () => {
    put("dns/index.ts", "");
    process.chdir(join(folder, "mail"));
    expect(await stacks()).toEqual([]);
    process.chdir(join(folder, "dns"));
    const here = { folder: ".", topologies: ["cluster.yaml"], reason: "program" };
    expect(await stacks()).toEqual([
      { stack: "prod", ...here },
      { stack: "staging", ...here },
    ]);
  });

  test("[I] prints a line for each stack without --json", async () => {
    expect(await affected("start", [])).toMatchObject({ code: 0, output: "No stack is affected.\n" });
    put("dns/Pulumi.prod.yaml", "{}\n");
    const output = "prod in dns (configuration): dns/cluster.yaml\n";
    expect(await affected("start", [])).toEqual({ code: 0, output, errors: "" });
  });

  test.each([
    ["an unknown revision", "nowhere", "Git knows no commit nowhere here."],
    ["a range", "start..HEAD", "Git knows no commit start..HEAD here."],
    ["a file", "HEAD:README.md", "Git knows no commit HEAD:README.md here."],
    ["an empty revision", "", "Git knows no commit  here."],
    ["an option", "--output=stolen", "A revision can't begin with a dash."],
  ])("[I] refuses %s", async (_title, base, sentence) => {
    const { code, output, errors } = await commandLine(["affected", `--base=${base}`, "--json"]);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain(sentence);
    expect(await git("status", "--porcelain")).toBe("");
  });

  test("[I] refuses a folder without a repository", async () => {
    rmSync(join(folder, ".git"), { recursive: true });
    const { code, output, errors } = await affected("start");
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toMatch(/^This folder is not in the work tree of a Git repository\. .*\n$/);
  });

  test("[I] refuses to run without a base", async () => {
    expect(await commandLine(["affected"])).toMatchObject({ code: 2, output: "" });
  });
});

const changedRole = accepted.replace("to: ns2, role: sync", "to: ns2, role: write-only");

function staging(): object {
  return { stack: "staging", ...dns, reason: "configuration" };
}

function writtenOtherwise(cluster: string): string {
  return `# The cluster.\n${cluster}`
    .replace("type: cpanel, address: 192.0.2.10", 'address: "192.0.2.10", type: "cpanel"')
    .replace("role: sync }", "role: synchronize } # WHM's word")
    .replace(/( {2}- .*\n)( {2}- .*\n)/, "$2$1");
}

async function stacks(): Promise<unknown> {
  const { code, output, errors } = await affected("start");
  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  expect(output).toMatch(/^\[.*\]\n$/);
  return JSON.parse(output);
}

function affected(base: string, more: readonly string[] = ["--json"]): Promise<CommandLineResult> {
  return commandLine(["affected", "--base", base, ...more]);
}

function put(file: string, text: string): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

async function commit(): Promise<void> {
  await git("add", "--all");
  await git("commit", "--quiet", "--allow-empty", "--message", "a change");
}

async function git(...args: string[]): Promise<string> {
  const somebody = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.com"];
  const { code, stdout, stderr } = await runCommand("git", [...somebody, ...args], {
    folder,
    environment: { GIT_CONFIG_GLOBAL: "/dev/null" },
  });
  if (code !== 0) throw new Error(`git ${args.join(" ")} ended with ${code}:\n${stderr}`);
  return stdout.trim();
}
