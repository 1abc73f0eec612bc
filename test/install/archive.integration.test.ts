import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { linksOf, textOf } from "../helpers/markdown-pages";
import { archiveContents, type Archive } from "./archive";

const repository = resolve(__dirname, "../..");

jest.setTimeout(60_000);

interface Description {
  exports: Record<string, string | { types: string; default: string }>;
  bin: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
  scripts: Record<string, string>;
}

const description = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as Description;

let archive: Archive;
let paths: string[];
beforeAll(async () => {
  archive = await archiveContents();
  paths = archive.files.map(({ path }) => path);
});

describe("the archive that npm makes", () => {
  test("[I] contains only compiled modules, their types, pages and the policy pack", () => {
    const wanted = [
      /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
      /^dist\/.*\.(js|d\.ts)$/,
      /^dist\/bundled\/(packages\.json|LICENCES\.txt|zod-types\/.*\.d\.cts)$/,
      /^docs\/.*\.(md|svg|ya?ml|json)$/,
      /^examples\/.*\.(md|ts|yaml|json)$/,
      /^bin\/whm-dns\.js$/,
      /^policy-pack\/(index\.js|PulumiPolicy\.yaml)$/,
      /^schemas\/(topology|servers)\.json$/,
      /^templates\/whm-typescript\/([\w.-]+\.(yaml|ts|json)|\.gitignore)$/,
      /^gitops\/[a-z-]+\/([\w.-]+\.(yml|yaml|ts|json)|\.gitignore)$/,
    ];
    expect(paths.filter((path) => !wanted.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  test("[I] contains no page or example that is not in the repository, such as what trying one leaves behind", () => {
    const tracked = filesOfGit();
    const untracked = paths.filter((path) => !path.startsWith("dist/") && !tracked.includes(path));
    expect(untracked).toEqual([]);
  });

  test("[I] contains everything that its pages link to", () => {
    const folders = new Set(paths.map(dirname));
    const isPacked = (path: string): boolean => paths.includes(path) || folders.has(path);
    const broken = paths
      .filter((path) => path.endsWith(".md"))
      .flatMap((page) => localLinks(page).map((target) => ({ page, target })))
      .filter(({ target }) => !isPacked(target))
      .map(({ page, target }) => `${page}: ${target}`);
    expect(broken).toEqual([]);
  });

  test.each(["gitops", "templates"])("[I] contains every file of %s, also .gitignore", (folder) => {
    const files = readdirSync(join(repository, folder), { recursive: true, withFileTypes: true });
    const wanted = files
      .filter((entry) => entry.isFile() && entry.name !== ".npmignore")
      .map((entry) => relative(repository, join(entry.parentPath, entry.name)));
    expect(wanted.filter((path) => path.endsWith("/.gitignore"))).toHaveLength(1);
    expect(wanted.filter((path) => !paths.includes(path))).toEqual([]);
  });

  test("[I] contains no module without a source", () => {
    const sources = paths
      .filter((path) => path.startsWith("dist/") && !path.startsWith("dist/bundled/"))
      .map((path) => path.replace(/^dist/, "provider").replace(/(\.d\.ts|\.js)$/, ".ts"));
    expect(sources.filter((source) => !existsSync(join(repository, source)))).toEqual([]);
  });

  test("[I] contains every path that package.json names", () => {
    const entries = Object.values(description.exports).flatMap((entry) =>
      typeof entry === "string" ? [entry] : [entry.types, entry.default],
    );
    const named = [...entries, ...Object.values(description.bin)].map((path) => path.replace(/^\.\//, ""));
    expect(named.filter((path) => !paths.includes(path))).toEqual([]);
  });

  test("[I] is smaller than 730 kB", () => {
    expect(archive.size).toBeLessThan(730_000);
  });
});

describe("the package", () => {
  test("[I] has no script that runs when it is installed", () => {
    const installing = ["preinstall", "install", "postinstall", "prepare"];
    expect(Object.keys(description.scripts).filter((name) => installing.includes(name))).toEqual([]);
  });

  test("[I] says what it is, and names no address that doesn't exist", () => {
    const text = readFileSync(join(repository, "package.json"), "utf8");
    const wanted = [
      "name",
      "version",
      "description",
      "license",
      "keywords",
      "main",
      "types",
      "engines",
      "files",
    ];
    expect(wanted.filter((field) => !(field in description))).toEqual([]);
    expect(text.match(/https?:|git[+:@]|example\./g)).toBeNull();
  });

  test("[I] needs nothing at run time that only some programs use", () => {
    expect(Object.keys(description.dependencies)).not.toContain("@pulumi/command");
    expect(Object.keys(description.peerDependenciesMeta)).toEqual(Object.keys(description.peerDependencies));
    const types = declarationsOf(join(repository, "dist"));
    expect(types.filter(({ text }) => text.includes('"@pulumi/command"')).map(({ name }) => name)).toEqual(
      [],
    );
  });

  test("[I] depends only on packages that it uses", () => {
    const text = modulesOf(join(repository, "dist")).join("\n");
    const used = (name: string): boolean => text.includes(`("${name}"`) || text.includes(`("${name}/`);
    expect(Object.keys(description.dependencies).filter((name) => !used(name))).toEqual([]);
  });

  test("[I] loads and names in its types only packages that are installed with it", () => {
    const { dependencies, peerDependencies } = description;
    const installed = Object.keys({ ...dependencies, ...peerDependencies, "pulumi-whm": "" });
    const texts = [
      ...modulesOf(join(repository, "dist")),
      ...declarationsOf(join(repository, "dist")).map(({ text }) => text),
    ];
    const named = texts.flatMap((text) => [
      ...text.matchAll(/(?:^|[ =])(?:from |require\()"([^".$][^"]*)"/gm),
    ]);
    const packages = new Set(named.map(([, path]) => /^(@[^/]+\/)?[^/]+/.exec(path!)![0]));
    const missing = [...packages].filter((name) => !isBuiltin(name) && !installed.includes(name));
    expect(missing).toEqual([]);
  });

  test("[I] carries the used part of some packages, with their versions and licences", () => {
    const bundled = join(repository, "dist", "bundled");
    const packages = JSON.parse(readFileSync(join(bundled, "packages.json"), "utf8")) as {
      name: string;
      version: string;
    }[];
    expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(["fflate", "graphology", "zod"]));
    const licences = readFileSync(join(bundled, "LICENCES.txt"), "utf8");
    expect(
      packages.filter(({ name, version }) => !licences.includes(`${name} ${version}\nLicence: MIT\n`)),
    ).toEqual([]);
    expect(licences).not.toContain("contains no text of its licence");
  });
});

/** Files that Git has or would take. */
function filesOfGit(): string[] {
  const words = ["ls-files", "--cached", "--others", "--exclude-standard"];
  return execFileSync("git", words, { cwd: repository, encoding: "utf8" }).split("\n");
}

/** What a page leads to inside the package. */
function localLinks(page: string): string[] {
  return linksOf(textOf(page))
    .filter((target) => !/^([a-z]+:|#)/i.test(target))
    .map((target) => join(dirname(page), decodeURI(target.split("#")[0]!)).replace(/\/$/, ""));
}

function modulesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

function declarationsOf(folder: string): { name: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".d.ts"))
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}
