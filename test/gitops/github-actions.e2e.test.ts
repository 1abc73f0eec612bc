import { testbedFor, roleFile, shownSecrets, withLinkBack, withNs3 } from "./testbed";
import { readWorkflow, type WorkflowName } from "./files";
import { runJob, type Contexts, type JobRun } from "./github-runner";
import { passphrase } from "./made-repository";
import { findTools } from "./tools";
import { describeWhere } from "../helpers/where";

// The workflows as they stand, in the order in which a change goes through them. Nothing is replaced but what GitHub gives
// them: its contexts, its command, and the servers.

jest.setTimeout(240_000);

const { gojq } = findTools();
const withJq = describeWhere(gojq !== undefined);
const comments = "/repos/example/dns/issues/7/comments";
const issues = "/repos/example/dns/issues";

withJq("the workflows of GitHub", () => {
  const testbed = testbedFor("token-of-github");

  function run(workflow: WorkflowName, job: string, event: string, github: Contexts = {}): Promise<JobRun> {
    const contexts = {
      github: {
        repository: "example/dns",
        ref: "refs/heads/main",
        token: testbed.forge.token,
        run_id: 1,
        server_url: "https://github.example",
        ...github,
      },
      vars: { PULUMI_BACKEND_URL: testbed.repository.backend },
      secrets: { PULUMI_CONFIG_PASSPHRASE: passphrase, WHM_SSH_KEY: testbed.key },
    };
    return runJob(testbed.repository, readWorkflow(workflow).jobs[job]!, contexts, {
      GITHUB_REPOSITORY: "example/dns",
      GITHUB_EVENT_NAME: event,
      STAND_IN_FORGE: testbed.forge.address,
      STAND_IN_JQ: gojq!,
    });
  }

  const pulled = (job: string, from = "example/dns"): Promise<JobRun> =>
    run("preview", job, "pull_request", {
      ref: "refs/pull/7/merge",
      event: { pull_request: { number: 7, head: { repo: { full_name: from } } } },
    });

  /** Checks out what GitHub makes of a pull request: its merge into main, without moving main. */
  async function pullRequest(change: (cluster: string) => string): Promise<void> {
    const { repository } = testbed;
    await repository.git("checkout", "--quiet", "-B", "change", "main");
    await repository.change(change);
    await repository.commit("a change");
    await repository.git("checkout", "--quiet", "--detach", "main");
    await repository.git("merge", "--quiet", "--no-ff", "--no-edit", "change");
  }

  test("[E] a merge is applied", async () => {
    const { code, output, summary } = await run("up", "up", "push");
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(summary).toMatch(/^## cluster\.yaml: accepted, shape direct\n\n```mermaid\n/);
    expect(testbed.simulator.files("web1").read(roleFile)).toBe("sync");
    expect(shownSecrets(testbed, output, summary)).toEqual([]);
  });

  test("[E] a pull request is previewed in one comment, without contacting any server", async () => {
    testbed.forge.put(comments, {
      body: "<!-- dns-preview --> of somebody else",
      user: { login: "mallory" },
    });
    testbed.forge.put(comments, { body: "Looks good." });
    testbed.forge.put(comments, { body: "To me too." });
    await pullRequest(withNs3);
    const before = testbed.simulator.journal().length;
    const { code, output } = await pulled("preview");
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(testbed.simulator.journal()).toHaveLength(before);
    const { body } = testbed.forge.in(comments)[3]!;
    expect(body).toMatch(/^<!-- dns-preview -->\n## cluster\.yaml: accepted, shape direct\n/);
    expect(body).toContain(
      "```diff\n+ ns3 (DNSOnly)\n+ web1 -> ns3 (sync)\n```\n\n```mermaid\nflowchart LR\n",
    );
    expect(body).toMatch(
      /<summary>pulumi preview, exit code 0<\/summary>\n\n( {4}.*\n)*.*whm:DnsClusterMember/,
    );
    expect(shownSecrets(testbed, output, body)).toEqual([]);
  });

  test("[E] a rejected pull request fails, and the same comment reports it", async () => {
    await pullRequest(withLinkBack);
    const judged = await pulled("judge");
    expect(judged).toMatchObject({ code: 1 });
    expect(judged.summary).toMatch(/^## cluster\.yaml: rejected, /);
    expect(await pulled("preview")).toMatchObject({ code: 1 });
    const [stranger, , , mine, ...more] = testbed.forge.in(comments);
    expect(more).toEqual([]);
    expect(mine!.body).toContain("| **error** | ns1 -> web1 |");
    expect(mine!.body).toContain("pulumi preview, exit code 1");
    expect(stranger!.body).toBe("<!-- dns-preview --> of somebody else");
  });

  test("[E] a pull request from a fork is judged but not previewed", async () => {
    expect((await pulled("preview", "mallory/dns")).code).toBeUndefined();
    expect((await pulled("judge", "mallory/dns")).code).toBe(1);
    await testbed.repository.git("checkout", "--quiet", "main");
  });

  test("[E] a scheduled check opens no issue without drift, fails with 7 and opens one issue on drift; a manual run repairs it", async () => {
    const night = (): Promise<JobRun> => run("drift", "drift", "schedule");
    expect(await night()).toMatchObject({ code: 0 });
    expect(testbed.forge.in(issues)).toEqual([]);

    testbed.simulator.files("web1").write(roleFile, "standalone");
    const found = await night();
    expect(found).toMatchObject({ code: 7 });
    await night();
    const [issue, ...more] = testbed.forge.in(issues);
    expect(more).toEqual([]);
    expect(issue).toMatchObject({ title: "The DNS cluster has drifted", labels: ["dns-drift"] });
    expect(issue!.body).toContain("(https://github.example/example/dns/actions/runs/1)");
    expect(issue!.body).toMatch(/^ {4}.*role.*"standalone"/m);
    expect(shownSecrets(testbed, found.output, issue!.body)).toEqual([]);

    expect(await run("up", "up", "workflow_dispatch")).toMatchObject({ code: 0 });
    expect(testbed.simulator.files("web1").read(roleFile)).toBe("sync");
  });

  test("[E] an audit opens no issue if all stands as declared, and one issue for differences", async () => {
    const night = (): Promise<JobRun> => run("audit", "audit", "schedule");
    const mine = (): unknown[] =>
      testbed.forge.in(issues).filter(({ labels }) => labels?.includes("dns-audit") === true);
    const clean = await night();
    expect(clean).toMatchObject({ code: 0 });
    expect(mine()).toEqual([]);

    testbed.simulator.files("web1").write(roleFile, "standalone");
    const found = await night();
    expect(found).toMatchObject({ code: 1 });
    await night();
    expect(mine()).toMatchObject([{ title: "The DNS servers are not as declared", body: found.summary }]);
    expect(found.summary).toContain("standalone");
    expect(shownSecrets(testbed, found.output, found.summary)).toEqual([]);
    testbed.simulator.files("web1").write(roleFile, "sync");
  });
});
