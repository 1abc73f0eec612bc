import { jobOf, jobsIn, type Variables } from "./pipeline-jobs";
import { readPipeline, readResources, readWorkflow, workflowNames, type WorkflowStep } from "./files";

const workflows = workflowNames.map((name) => ({ ...readWorkflow(name), name }));
const jobs = workflows.flatMap(({ name, jobs: all }) =>
  Object.entries(all).map(([job, declared]) => ({ place: `${name}.yml, ${job}`, ...declared })),
);
const steps = jobs.flatMap(({ place, steps: all }) => all.map((step) => ({ place, ...step })));
const secretsOf = ({ env = {} }: WorkflowStep): string[] =>
  Object.entries(env)
    .filter(([, value]) => value.includes("secrets."))
    .map(([name]) => name);

describe("the workflows of GitHub", () => {
  test("[U] use each action in one exact version", () => {
    const used = new Set(steps.flatMap(({ uses }) => uses ?? []));
    expect([...used].sort()).toEqual([
      "actions/checkout@v7.0.1",
      "actions/setup-node@v7.0.0",
      "pulumi/actions@v7.0.0",
    ]);
  });

  test("[U] have only the permissions that a job needs", () => {
    expect(workflows.map(({ permissions }) => permissions)).toEqual([{}, {}, {}, {}]);
    expect(Object.fromEntries(jobs.map(({ place, permissions }) => [place, permissions]))).toEqual({
      "preview.yml, judge": { contents: "read" },
      "preview.yml, preview": { contents: "read", "pull-requests": "write" },
      "up.yml, up": { contents: "read" },
      "drift.yml, drift": { contents: "read", issues: "write" },
      "audit.yml, audit": { contents: "read", issues: "write" },
    });
  });

  test("[U] put no expression into a command, only environment variables", () => {
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
  });

  test("[U] give secrets only to the steps that ask Pulumi, and no SSH key to the preview of a pull request", () => {
    const given = steps.filter((step) => secretsOf(step).length > 0);
    const backend = ["PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE"];
    expect(given.map((step) => [step.place, step.name, secretsOf(step)])).toEqual([
      ["preview.yml, preview", "Preview", backend],
      ["up.yml, up", "Apply", [...backend, "WHM_SSH_KEY"]],
      ["drift.yml, drift", "Compare the servers with main", [...backend, "WHM_SSH_KEY"]],
      ["audit.yml, audit", "Audit the servers", [...backend, "WHM_SSH_KEY"]],
    ]);
  });

  test("[U] run one job on the servers at a time, and neither skip a waiting job nor cancel a running one", () => {
    const concurrency = Object.fromEntries(
      workflows.map((workflow) => [workflow.name, workflow.concurrency]),
    );
    expect(concurrency).toEqual({
      preview: { group: expect.stringContaining("number") as string, "cancel-in-progress": true },
      up: { group: "dns", queue: "max", "cancel-in-progress": false },
      drift: { group: "dns", queue: "max", "cancel-in-progress": false },
      audit: { group: "dns", queue: "max", "cancel-in-progress": false },
    });
  });
});

describe("the pipeline of GitLab", () => {
  const pipeline = readPipeline();
  const main = { CI_COMMIT_BRANCH: "main", CI_DEFAULT_BRANCH: "main" };
  const request = {
    CI_PIPELINE_SOURCE: "merge_request_event",
    CI_MERGE_REQUEST_PROJECT_ID: "1",
    CI_DEFAULT_BRANCH: "main",
  };

  test.each<[string, Variables, string[]]>([
    ["a merge request", { ...request, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "1" }, ["judge", "preview"]],
    ["a fork's merge request", { ...request, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "2" }, ["judge"]],
    ["a push to the default branch", { ...main, CI_PIPELINE_SOURCE: "push" }, ["up"]],
    ["a pipeline started by hand", { ...main, CI_PIPELINE_SOURCE: "web" }, ["repair"]],
    ["a schedule", { ...main, CI_PIPELINE_SOURCE: "schedule" }, ["drift", "audit"]],
    ["a push to another branch", { ...main, CI_COMMIT_BRANCH: "x", CI_PIPELINE_SOURCE: "push" }, []],
  ])("[U] runs the right jobs for %s", (_title, variables, expected) => {
    expect(jobsIn(pipeline, variables)).toEqual(expected);
  });

  test("[U] runs one job on the servers at a time and cancels none that writes", () => {
    const looking = ["up", "repair", "drift", "audit"].map((name) => jobOf(pipeline, name));
    expect(looking.map((job) => job.resource_group)).toEqual(["dns", "dns", "dns", "dns"]);
    expect(looking.slice(0, 2).map(({ interruptible }) => interruptible)).toEqual([false, false]);
  });
});

describe("the Stack of the Kubernetes operator", () => {
  test("[U] reads each secret from an existing key of the Secret, in one namespace", () => {
    const [secret] = readResources("secret.yaml");
    const resources = readResources("stack.yaml");
    const { spec } = resources.find(({ kind }) => kind === "Stack")!;
    for (const { secret: reference } of Object.values(spec!.envRefs)) {
      expect(reference.name).toBe(secret!.metadata.name);
      expect(Object.keys(secret!.stringData!)).toContain(reference.key);
    }
    const namespaces = [...resources, secret!].flatMap(({ metadata }) => metadata.namespace ?? []);
    expect(new Set(namespaces)).toEqual(new Set(["dns"]));
  });
});
