import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runCommand, type CommandResult } from "../helpers/run-command";

// A release is made in a repository of its own with the files of this work tree. Its tests are one command that passes or fails.

const here = resolve(__dirname, "../..");

jest.setTimeout(120_000);

/** What a release reads. The sources are there because `dist` is made again where it does not fit them. */
const copied = [
  ...["bin", "dist", "policy-pack", "provider", "script"],
  ...[".gitignore", "CHANGELOG.md", "LICENSE", "README.md", "package.json", "package-lock.json"],
];

let clone: string;
beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), "pulumi-whm-release-"));
  for (const name of copied) cpSync(join(here, name), join(clone, name), { recursive: true });
  symlinkSync(join(here, "node_modules"), join(clone, "node_modules"));
  // Making the site takes long, and test/site makes it.
  const site =
    'import { mkdir, writeFile } from "node:fs/promises";\nexport const buildSite = async (place) => {\n' +
    '  await mkdir(place);\n  await writeFile(`${place}/index.html`, "pulumi-whm");\n};\n';
  writeFileSync(join(clone, "script", "site", "build-site.mjs"), site);
  git("init", "--quiet");
  git("config", "user.name", "Somebody");
  git("config", "user.email", "somebody@example.com");
  commitTests("true");
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

const git = (...words: string[]): string =>
  execFileSync("git", words, { cwd: clone, encoding: "utf8" }).trim();
const textOf = (...path: string[]): string => readFileSync(join(clone, ...path), "utf8");
const jsonOf = (...path: string[]): unknown => JSON.parse(textOf(...path));

/** Makes `npm test` a command. */
function commitTests(command: string): void {
  const description = jsonOf("package.json") as { scripts: Record<string, string> };
  description.scripts["test"] = command;
  writeFileSync(join(clone, "package.json"), JSON.stringify(description, null, 2));
  // node_modules/ in .gitignore stands for a folder, and here it is a link.
  writeFileSync(join(clone, ".git", "info", "exclude"), "node_modules\n");
  git("add", "--all");
  git("commit", "--quiet", "--message", command);
}

const noRegistry = { npm_config_registry: "http://127.0.0.1:9", npm_config_fetch_retries: "0" };

/** The end of a command that a sentence on standard error explains. */
const refused = (sentence: string): object => ({
  code: 1,
  stderr: expect.stringContaining(sentence) as string,
});

/** With a registry that does not answer. */
function release(...words: string[]): Promise<CommandResult> {
  const environment = { ...noRegistry, PULUMI_WHM_CACHE: join(clone, ".git", "cache") };
  return runCommand(process.execPath, ["script/release.mjs", ...words], { folder: clone, environment });
}

test("[I] refuses words that are no version, and one that is not later", async () => {
  expect(await release()).toMatchObject(refused("Usage: npm run release"));
  expect(await release("0.0.9")).toMatchObject(refused("0.0.9 can't be released after 0.1.0."));
});

test("[I] refuses a work tree that is not clean, with its files", async () => {
  const file = join(clone, "left-behind.txt");
  writeFileSync(file, "");
  const { code, stderr } = await release("patch");
  rmSync(file);
  expect({ code, stderr }).toMatchObject(refused("?? left-behind.txt"));
});

test("[I] refuses red tests, and leaves everything as it was", async () => {
  commitTests("exit 7");
  const before = git("rev-parse", "HEAD");
  const { code, stderr } = await release("patch");
  expect({ code, stderr }).toMatchObject(refused("The tests failed"));
  expect([git("rev-parse", "HEAD"), git("status", "--porcelain"), git("tag")]).toEqual([before, "", ""]);
  commitTests("true");
});

test("[I] shows a release with --dry-run, and leaves everything as it was", async () => {
  const before = git("rev-parse", "HEAD");
  const { code, stdout } = await release("0.2.0", "--dry-run");
  expect(stdout).toMatch(/pulumi-whm-0\.2\.0\.tgz: \d+ files, \d+ kB/);
  expect(stdout).toMatch(/^## \[0\.2\.0\] - \d{4}-\d\d-\d\d\n\n### Added$/m);
  expect(stdout).toContain("A dry run: nothing was changed.");
  expect([code, git("rev-parse", "HEAD"), git("status", "--porcelain"), git("tag")]).toEqual([
    0,
    before,
    "",
    "",
  ]);
  expect(existsSync(join(clone, "release"))).toBe(false);
});

test("[I] makes the first release: changelog, version, archive, bill of materials, licences, commit and tag", async () => {
  const changes = textOf("CHANGELOG.md").split("## [Unreleased]\n")[1]!.trim();
  const today = (): string => new Date().toISOString().slice(0, 10);
  const day = today();
  const { code, stdout } = await release("0.1.0");
  expect(code).toBe(0);
  expect(stdout).toContain("the dependencies were not audited");

  // Midnight may pass meanwhile.
  const sections = [day, today()].map((each) => `## [0.1.0] - ${each}\n\n${changes}`);
  const section = sections.find((each) => textOf("CHANGELOG.md").includes(each));
  expect(textOf("CHANGELOG.md")).toContain(`## [Unreleased]\n\n${section}\n`);
  expect(jsonOf("package.json")).toMatchObject({ version: "0.1.0" });
  expect(git("log", "-1", "--format=%s")).toBe("Release 0.1.0");
  expect(git("for-each-ref", "--format=%(objecttype) %(contents)", "refs/tags/v0.1.0").trim()).toBe(
    `tag ${section}`,
  );
  expect(git("status", "--porcelain")).toBe("");

  expect(readdirSync(join(clone, "release", "0.1.0")).sort()).toEqual([
    "SHA256SUMS",
    "pulumi-whm-0.1.0.tgz",
    "pulumi-whm-site-0.1.0.tar.gz",
    "sbom.cdx.json",
    "third-party-licences.txt",
  ]);
  const packed = execFileSync("tar", [
    "-tzf",
    join(clone, "release", "0.1.0", "pulumi-whm-site-0.1.0.tar.gz"),
  ]);
  expect(packed.toString()).toContain("site/index.html\n");
  for (const line of textOf("release", "0.1.0", "SHA256SUMS").trim().split("\n")) {
    const [sum, name] = line.split("  ");
    const bytes = readFileSync(join(clone, "release", "0.1.0", name!));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sum);
  }
});

test("[I] lists in the bill of materials what users install, with a licence for each", () => {
  const bill = jsonOf("release", "0.1.0", "sbom.cdx.json") as {
    bomFormat: string;
    metadata: { component: { name: string; version: string } };
    components: { name: string; version: string }[];
  };
  expect(bill).toMatchObject({
    bomFormat: "CycloneDX",
    metadata: { component: { name: "pulumi-whm", version: "0.1.0" } },
  });
  const names = bill.components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["@pulumi/pulumi", "graphology-utils", "ssh2", "zod"]));
  expect(
    names.filter((name) =>
      ["typescript", "jest", "mnemonist", "selfsigned", "@pulumi/command"].includes(name),
    ),
  ).toEqual([]);
  const licences = textOf("release", "0.1.0", "third-party-licences.txt");
  const listed = bill.components.map(({ name, version }) => `${name} ${version}\nLicence: `);
  expect(listed.filter((line) => !licences.includes(line))).toEqual([]);
});

test("[I] refuses to release a version twice, and one without changes", async () => {
  expect(await release("0.1.0")).toMatchObject(refused("0.1.0 can't be released after 0.1.0."));
  expect(await release("minor")).toMatchObject(refused("CHANGELOG.md has nothing under Unreleased."));
});
