import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { commandLine } from "../cli/helpers";
import { commandsIn, inOneLine } from "./readme";

const root = resolve(__dirname, "..", "..");
const home = join(root, "examples");
const textOf = (...path: string[]): string => readFileSync(join(home, ...path), "utf8");
const names = readdirSync(home, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Folders with a Pulumi project; an example can have several. */
const projects = names
  .flatMap((name) =>
    readdirSync(join(home, name), { recursive: true, encoding: "utf8" }).map((file) => join(name, file)),
  )
  .filter((file) => basename(file) === "Pulumi.yaml")
  .map(dirname);

interface Package {
  name: string;
  dependencies: Record<string, string>;
  peerDependencies?: Record<string, string>;
  devDependencies: Record<string, string>;
}
const packageIn = (folder: string): Package =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Package;

describe("the examples", () => {
  test("[U] each have their own test", () => {
    const tests = readdirSync(__dirname).filter((name) => name.endsWith(".e2e.test.ts"));
    expect(tests.map((name) => name.replace(".e2e.test.ts", "")).sort()).toEqual([...names].sort());
  });

  test("[U] are all in the list of examples", () => {
    const listed = [...textOf("README.md").matchAll(/^\| \[([\w-]+)\]\(\1\) +\|/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual([...names].sort());
  });

  test.each(projects)("[U] %s is a complete project with the tested versions", (project) => {
    const { name } = parse(textOf(project, "Pulumi.yaml")) as { name: string };
    const { dependencies, devDependencies, ...description } = packageIn(join(home, project));
    const { "pulumi-whm": path, ...others } = dependencies;
    const tested = packageIn(root);
    expect([name, description.name]).toEqual([basename(project), basename(project)]);
    expect(resolve(home, project, path!.replace("file:", ""))).toBe(root);
    expect({ ...tested.peerDependencies, ...tested.dependencies }).toMatchObject(others);
    expect(tested.devDependencies).toMatchObject(devDependencies);
    expect(textOf(project, "tsconfig.json")).toBe(textOf("direct-links", "tsconfig.json"));
  });

  const commands = names.flatMap((name) =>
    commandsIn(textOf(name, "README.md")).map((shown) => ({ name, ...shown })),
  );
  test.each(commands)(
    "[U] $name: `$command` prints what its README shows",
    async ({ name, command, printed }) => {
      const words = command.split(" ").slice(1);
      const args = words.map((word) => (word.endsWith(".yaml") ? join(home, name, word) : word));
      const { output, errors } = await commandLine(args);
      expect(errors).toBe("");
      expect(inOneLine(output.replaceAll(join(home, name, "/"), ""))).toMatch(printed);
    },
  );

  test("[U] draw the three shapes of the guide correctly", async () => {
    const files = [
      "direct-links/cluster.yaml",
      "primary-nameserver/cluster.yaml",
      "primary-nameserver/several-intermediaries.yaml",
    ];
    const drawings = files.map((file) => commandLine(["graph", "--format", "mermaid", join(home, file)]));
    const shown = [...textOf("README.md").matchAll(/^```mermaid\n([^]*?)^```$/gm)].map(([, text]) => text);
    expect(shown).toEqual((await Promise.all(drawings)).map(({ output }) => output));
  });
});
