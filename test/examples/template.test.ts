import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { commandLine } from "../cli/helpers";

// What `pulumi new node_modules/pulumi-whm/templates/whm-typescript` makes a project of. Its program is compiled with the
// rest of the repository.

const root = resolve(__dirname, "../..");
const textOf = (...path: string[]): string => readFileSync(join(root, ...path), "utf8");
const template = join("templates", "whm-typescript");

interface Description {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly version: string;
}

describe("the template", () => {
  test("[U] is one that `pulumi new` knows", () => {
    const description = parse(textOf(template, "Pulumi.yaml")) as Record<string, unknown>;
    expect(description).toMatchObject({
      name: "${PROJECT}",
      description: "${DESCRIPTION}",
      runtime: "nodejs",
    });
    expect(description["template"]).toHaveProperty("description");
  });

  test("[U] has the versions that are tested", () => {
    const made = JSON.parse(textOf(template, "package.json")) as Description;
    const tested = JSON.parse(textOf("package.json")) as Description;
    expect(made.dependencies["@pulumi/pulumi"]).toBe(tested.dependencies["@pulumi/pulumi"]);
    expect(made.dependencies["pulumi-whm"]).toBe(`^${tested.version}`);
    expect(tested.devDependencies).toMatchObject(made.devDependencies);
    expect(textOf(template, "tsconfig.json")).toBe(textOf("examples/direct-links/tsconfig.json"));
  });

  test("[U] begins with a cluster that the rules accept", async () => {
    expect(await commandLine(["validate", join(root, template, "cluster.yaml")])).toMatchObject({ code: 0 });
  });
});
