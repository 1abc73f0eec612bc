import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pulumiProjects } from "./helpers/pulumi";
import { withUnpacked } from "./helpers/unpacked";

jest.setTimeout(120_000);

const project = pulumiProjects();

/** A resource that keeps its value in a file, so that a test can change it behind the engine's back. */
const fileResource = `
  const pulumi = require("@pulumi/pulumi");
  const handler = \`
    const fs = require("node:fs");
    exports.handler = () => ({
      check: async (olds, news) => ({
        inputs: news,
        failures: news.value === "bad" ? [{ property: "", reason: "bad is not allowed" }] : [],
      }),
      diff: async (id, olds, news) => ({ changes: olds.value === news.value ? false : undefined }),
      create: async (inputs) => (fs.writeFileSync(inputs.file, inputs.value), { id: inputs.file, outs: inputs }),
      update: async (id, olds, news) => (fs.writeFileSync(id, news.value), { outs: news }),
      read: async (id, props) => {
        if (!fs.existsSync(id)) return {};
        const live = { ...props, value: fs.readFileSync(id, "utf8") };
        return { id, props: live, inputs: live };
      },
      delete: async (id) => fs.rmSync(id),
    });
  \`;
  class FileValue extends pulumi.CustomResource {
    constructor(name, args) {
      super("pulumi-nodejs:dynamic/test:FileValue", name, { ...args, __provider: handler });
    }
  }
  const config = new pulumi.Config("demo");
  new FileValue("value", { file: config.require("file"), value: config.get("value") ?? "one" });
  exports.length = config.getSecret("secret")?.apply((text) => text.length);
`;

async function fileProject(): Promise<{ project: Awaited<ReturnType<typeof project>>; file: string }> {
  const made = await project({ program: fileResource });
  const file = join(made.folder, "value.txt");
  await made.setConfig("demo:file", file);
  return { project: made, file };
}

describe("the Pulumi engine", () => {
  test("[E] creates, detects no changes, updates and destroys", async () => {
    const { project, file } = await fileProject();
    expect(await project.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(await readFile(file, "utf8")).toBe("one");
    expect(await project.preview("--expect-no-changes")).toMatchObject({ code: 0 });

    await project.setConfig("demo:value", "two");
    expect(await project.preview("--expect-no-changes")).toMatchObject({ code: 7 });
    expect(await project.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(await readFile(file, "utf8")).toBe("two");

    expect(await project.destroy("--skip-preview")).toMatchObject({ code: 0 });
    await expect(readFile(file)).rejects.toThrow("ENOENT");
    expect(await project.exportStack()).toEqual([]);
  });

  test("[E] a refresh names manual changes, and an update repairs them", async () => {
    const { project, file } = await fileProject();
    await project.up("--skip-preview");
    await writeFile(file, "changed by hand");

    const drift = await project.preview("--refresh", "--diff", "--expect-no-changes");
    expect(drift.code).toBe(7);
    expect(drift.stdout).toContain("changed by hand");
    expect(await project.up("--refresh", "--skip-preview")).toMatchObject({ code: 0 });
    expect(await readFile(file, "utf8")).toBe("one");
  });

  test("[E] a failed check stops an update without a preview before anything is created", async () => {
    const { project, file } = await fileProject();
    await project.setConfig("demo:value", "bad");

    const result = await project.up("--skip-preview");
    expect(result.code).toBe(1);
    expect(result.stdout + result.stderr).toContain("bad is not allowed");
    await expect(readFile(file)).rejects.toThrow("ENOENT");
  });

  test("[E] stores no secret as plain text in the stack file or the state", async () => {
    const { project } = await fileProject();
    await project.setSecret("demo:secret", "planted\nsecret");
    expect(await project.up("--skip-preview")).toMatchObject({ code: 0 });

    expect(await project.outputs()).toEqual({ length: "planted\nsecret".length });
    expect(await readFile(join(project.folder, "Pulumi.test.yaml"), "utf8")).not.toContain("planted");
    expect(withUnpacked(JSON.stringify(await project.exportStack()))).not.toContain("planted");
  });

  test("[E] keeps projects that run at the same time apart", async () => {
    const both = await Promise.all([fileProject(), fileProject()]);
    const results = await Promise.all(both.map(({ project }) => project.up("--skip-preview")));
    expect(results.map(({ code }) => code)).toEqual([0, 0]);

    await both[0].project.destroy("--skip-preview");
    expect(await readFile(both[1].file, "utf8")).toBe("one");
    expect((await both[1].project.exportStack()).map(({ type }) => type)).toContain(
      "pulumi-nodejs:dynamic/test:FileValue",
    );
  });

  test("[E] a TypeScript program runs and finds the package by its name", async () => {
    const made = await project({
      program: { "index.ts": `export const place: string = require.resolve("pulumi-whm/package.json");` },
    });
    expect(await made.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(await made.outputs()).toEqual({ place: join(__dirname, "..", "package.json") });
  });
});
