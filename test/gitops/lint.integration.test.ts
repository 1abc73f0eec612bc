import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand, type CommandResult } from "../helpers/run-command";
import { pipelineFile, readResources, textOf, workflowFile, workflowNames } from "./files";
import { findTools } from "./tools";
import { describeWhere } from "../helpers/where";

jest.setTimeout(60_000);

const tools = findTools();
const withActionlint = describeWhere(tools.actionlint !== undefined);
const withSchemas = describeWhere(tools.checkJsonschema !== undefined);

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), "whm-gitops-"))));
afterAll(() => rm(folder, { recursive: true }));

/** Writes a text into a file of its own and has a program look at it. */
async function judge(
  program: string,
  flags: readonly string[],
  name: string,
  text: string,
): Promise<CommandResult> {
  const file = join(folder, name);
  await writeFile(file, text);
  return runCommand(program, [...flags, file]);
}

/** A text with something in it broken; an error where there is nothing to break. */
function broken(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`There is no ${from} to break.`);
  return text.replace(from, to);
}

withActionlint("actionlint", () => {
  // The queue of a concurrency group is younger than this version; the published schema knows it.
  const flags = [
    "-shellcheck=",
    "-pyflakes=",
    "-no-color",
    "-ignore",
    `unexpected key "queue" for "concurrency"`,
  ];
  const lint = (text: string) => judge(tools.actionlint!, flags, "workflow.yml", text);

  test.each(workflowNames)("[I] finds nothing in %s.yml", async (name) => {
    const text = textOf(workflowFile(name));
    expect(await lint(text)).toMatchObject({ code: 0, stdout: "" });
    // It knows the inputs of actions by their major versions, and not yet those of the newest.
    expect(await lint(text.replace(/@v7\.\d+\.\d+/g, "@v6"))).toMatchObject({ code: 0, stdout: "" });
  });

  test.each([
    ["preview", "pull-requests: write", "pull-request: write", "unknown permission scope"],
    [
      "preview",
      "github.event.pull_request.head",
      "github.evnt.pull_request.head",
      'property "evnt" is not defined',
    ],
    ["up", "${{ secrets.WHM_SSH_KEY }}", "${{ secret.WHM_SSH_KEY }}", 'undefined variable "secret"'],
    [
      "drift",
      "steps.drift.outputs.code == '7'",
      "steps.dritf.outputs.code == '7'",
      'property "dritf" is not defined',
    ],
    [
      "audit",
      "steps.audit.outputs.code == '1'",
      "steps.audit.output.code == '1'",
      'property "output" is not defined',
    ],
    ["drift", '"17 3 * * *"', '"17 25 * * *"', "invalid CRON format"],
  ] as const)("[I] finds a mistake in %s.yml: %s written as %s", async (name, from, to, said) => {
    const { code, stdout } = await lint(broken(textOf(workflowFile(name)), from, to));
    expect(code).toBe(1);
    expect(stdout).toContain(said);
  });
});

withSchemas("the published schemas", () => {
  const check = (schema: readonly string[], name: string, text: string) =>
    judge(tools.checkJsonschema!, schema, name, text);
  const gitlab = (text: string) => check(["--builtin-schema", "vendor.gitlab-ci"], "gitlab-ci.yml", text);
  const github = (text: string) =>
    check(["--builtin-schema", "vendor.github-workflows"], "workflow.yml", text);

  test("[I] accept the pipeline of GitLab and the workflows of GitHub", async () => {
    expect(await gitlab(textOf(pipelineFile))).toMatchObject({ code: 0 });
    for (const name of workflowNames)
      expect(await github(textOf(workflowFile(name)))).toMatchObject({ code: 0 });
  });

  test.each([
    ["an unknown kind of queue", "queue: max", "queue: all"],
    ["a step without a command", "- run: npm ci", "- runs: npm ci"],
  ])("[I] reject %s in a workflow of GitHub", async (_title, from, to) => {
    expect(await github(broken(textOf(workflowFile("up")), from, to))).toMatchObject({ code: 1 });
  });

  test.each([
    ["an unknown action of an environment", "action: verify", "action: look"],
    ["a script that is not text", "- npx --no -- whm-dns validate cluster.yaml", "- { npx: whm-dns }"],
    ["a report of an unknown kind", "junit: audit.xml", "junits: audit.xml"],
    ["a misspelt key of a rule", "rules:\n    - if: $CI_PIPELINE", "rules:\n    - iff: $CI_PIPELINE"],
  ])("[I] reject %s in the pipeline of GitLab", async (_title, from, to) => {
    expect(await gitlab(broken(textOf(pipelineFile), from, to))).toMatchObject({ code: 1 });
  });
});

withSchemas("the fields of the operator", () => {
  const schema = ["--schemafile", join(__dirname, "operator.schema.json")];
  const check = (resource: unknown) =>
    judge(tools.checkJsonschema!, schema, "resource.json", JSON.stringify(resource));
  const stack = readResources("stack.yaml").find(({ kind }) => kind === "Stack")!;

  test("[I] include every field of the Stack and its resources", async () => {
    for (const resource of [...readResources("stack.yaml"), ...readResources("secret.yaml")])
      expect(await check(resource)).toMatchObject({ code: 0 });
  });

  test.each([
    ["a field that the operator does not read", { expectNoRefreshChanges: true }],
    ["a misspelt field", { resyncFrequencySecond: 3600 }],
    ["an interval below a minute", { resyncFrequencySeconds: 30 }],
    [
      "a value from the operator's own environment",
      { envRefs: { KEY: { type: "Env", env: { name: "KEY" } } } },
    ],
  ])("[I] reject %s", async (_title, more) => {
    expect(await check({ ...stack, spec: { ...stack.spec, ...more } })).toMatchObject({ code: 1 });
  });
});
