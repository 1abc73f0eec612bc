import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandResult } from "../helpers/run-command";
import { testbedFor, roleFile, shownSecrets, withLinkBack, withMistakes, withNs3 } from "./testbed";
import { runPipelineJob } from "./gitlab-runner";
import { passphrase } from "./made-repository";

// The pipeline as it stands, in the order in which a change goes through it. Nothing is replaced but GitLab's variables
// and the servers.

jest.setTimeout(240_000);

const notes = "/projects/1/merge_requests/7/notes";

describe("the pipeline of GitLab", () => {
  const testbed = testbedFor("token-of-gitlab");

  /** A job of the default branch, where protected variables are to be had. */
  const onMain = (job: string, source: string): Promise<CommandResult> =>
    runPipelineJob(testbed.repository, job, {
      ...common(),
      CI_PIPELINE_SOURCE: source,
      CI_COMMIT_BRANCH: "main",
      WHM_SSH_KEY: testbed.key,
    });

  async function onRequest(job: string): Promise<CommandResult> {
    return runPipelineJob(testbed.repository, job, {
      ...common(),
      CI_PIPELINE_SOURCE: "merge_request_event",
      CI_MERGE_REQUEST_IID: "7",
      CI_MERGE_REQUEST_PROJECT_ID: "1",
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "1",
      CI_MERGE_REQUEST_DIFF_BASE_SHA: await testbed.repository.git("rev-parse", "main"),
      DNS_NOTES_TOKEN: testbed.forge.token,
    });
  }

  const common = (): Record<string, string> => ({
    CI_DEFAULT_BRANCH: "main",
    CI_PROJECT_ID: "1",
    CI_API_V4_URL: testbed.forge.address,
    PULUMI_BACKEND_URL: testbed.repository.backend,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
  });

  async function mergeRequest(change: (cluster: string) => string): Promise<void> {
    await testbed.repository.git("checkout", "--quiet", "-B", "change", "main");
    await testbed.repository.change(change);
    await testbed.repository.commit("a change");
  }

  test("[E] applies a merge", async () => {
    const { code, stdout, stderr } = await onMain("up", "push");
    expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
    expect(testbed.simulator.files("web1").read(roleFile)).toBe("sync");
    expect(shownSecrets(testbed, stdout, stderr)).toEqual([]);
  });

  test("[E] previews a merge request in one note without contacting any server; a rejected one fails and is reported in the same note", async () => {
    testbed.forge.put(notes, { body: "<!-- dns-preview --> of somebody else", author: { id: 9 } });
    testbed.forge.put(notes, { body: "Looks good." });
    await mergeRequest(withNs3);
    const before = testbed.simulator.journal().length;
    const { code, stdout, stderr } = await onRequest("preview");
    expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
    expect(testbed.simulator.journal()).toHaveLength(before);
    const body = testbed.forge.in(notes)[2]!.body;
    expect(body).toMatch(/^<!-- dns-preview -->\n## cluster\.yaml: accepted, /);
    expect(body).toContain("```diff\n+ ns3 (DNSOnly)\n");
    expect(shownSecrets(testbed, stdout, stderr, body)).toEqual([]);

    await mergeRequest(withLinkBack);
    expect(await onRequest("judge")).toMatchObject({ code: 1 });
    expect(await onRequest("preview")).toMatchObject({ code: 1 });
    const [stranger, , mine, ...more] = testbed.forge.in(notes);
    expect(more).toEqual([]);
    expect(mine!.body).toContain("| **error** | ns1 -> web1 |");

    await mergeRequest(withMistakes);
    expect(await onRequest("preview")).toMatchObject({ code: 1 });
    const told = testbed.forge.in(notes)[2]!.body;
    expect(told).toContain("## cluster.yaml cannot be read\n");
    expect(told).toContain("servers.more0");
    expect(told.length).toBeLessThan(60_000);
    expect(stranger!.body).toBe("<!-- dns-preview --> of somebody else");
    await testbed.repository.git("checkout", "--quiet", "main");
  });

  test("[E] fails with 7 and prints the drift; a manual pipeline repairs it, and the next check passes", async () => {
    testbed.simulator.files("web1").write(roleFile, "standalone");
    const found = await onMain("drift", "schedule");
    expect(found).toMatchObject({ code: 7 });
    expect(found.stdout).toMatch(/role.*"standalone"/);
    expect(await onMain("repair", "web")).toMatchObject({ code: 0 });
    expect(testbed.simulator.files("web1").read(roleFile)).toBe("sync");
    expect(await onMain("drift", "schedule")).toMatchObject({ code: 0 });
  });

  test("[E] audits the servers in the same schedule and reports each difference as a failed test", async () => {
    const report = (): string => readFileSync(join(testbed.repository.folder, "audit.xml"), "utf8");
    expect(await onMain("audit", "schedule")).toMatchObject({ code: 0 });
    expect(report()).toMatch(/<testsuites?\b/);
    expect(report()).not.toContain("<failure");
    testbed.simulator.files("web1").write(roleFile, "standalone");
    expect(await onMain("audit", "schedule")).toMatchObject({ code: 1 });
    expect(report()).toContain("<failure");
    expect(shownSecrets(testbed, report())).toEqual([]);
    testbed.simulator.files("web1").write(roleFile, "sync");
  });
});
