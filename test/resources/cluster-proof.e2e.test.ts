import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import { memberFile, ns1Entry, writes } from "../helpers/server-files";

const newProject = pulumiProjects();
jest.setTimeout(400_000);

describe("the proof of a cluster, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
  });
  afterEach(() => simulator.stop());

  const project = (more?: string): Promise<PulumiProject> =>
    newProject({
      program: clusterProgram(more),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });
  /** Calls with the token that web1 stores, since the last look. */
  const calls = (): number => {
    const made = simulator.journal().filter(({ operation }) => operation === "myprivs").length;
    simulator.clearJournal();
    return made;
  };
  const proofIn = (text: string): boolean => /whm:ClusterProof prod/.test(text);

  test("[E] looks after each write, not in a run that changes nothing, and again after it has failed or was left out", async () => {
    const stack = await project('{ tokens: { rotate: "one" } }');
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    // Once before the token is stored, and once by the proof.
    expect(calls()).toBe(2);
    expect(await stack.up("--skip-preview", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(calls()).toBe(0);

    // A repaired drift: the same inputs as before.
    simulator.files("web1").write(ns1Entry.role, "standalone");
    const drift = await stack.preview("--refresh");
    expect(proofIn(drift.stdout)).toBe(true);
    expect(await stack.up("--skip-preview", "--refresh")).toMatchObject({ code: 0 });
    expect(calls()).toBe(2);
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });

    // A run that leaves the proof out, as one does that is killed before it.
    simulator.files("web1").remove(memberFile("192.0.2.11"));
    simulator.files("web1").remove(ns1Entry.role);
    expect(await stack.refresh("--skip-preview")).toMatchObject({ code: 0 });
    expect(await stack.up("--skip-preview", "--target", "**::prod-web1-ns1")).toMatchObject({ code: 0 });
    calls();
    const left = await stack.preview();
    expect(left.stdout).toContain("~ 1 to update");
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(calls()).toBe(1);

    // A server that lies: the new token works once.
    await stack.write({ "index.js": clusterProgram('{ tokens: { rotate: "two" } }') });
    simulator.fault("ns1", "forgetful", { operation: "myprivs" });
    const failed = await stack.up("--skip-preview");
    expect(failed.code).not.toBe(0);
    expect(failed.stdout + failed.stderr).toMatch(
      /web1 -> ns1: Failed to .* on ns1: .*\[refused-credential\]/,
    );
    simulator.clearFaults();
    const again = await stack.up("--skip-preview");
    expect(again.stdout + again.stderr).toMatch(/web1 -> ns1: .*\[refused-credential\]/);
  });

  test("[E] is not even needed for a changed role that ignoreChanges of everything would keep: that is refused before it", async () => {
    const stack = await project();
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    await stack.write({ "index.js": ignoringEverything });
    expect(await stack.up("--skip-preview", "--expect-no-changes")).toMatchObject({ code: 0 });

    simulator.files("web1").write(ns1Entry.role, "write-only", 0o600);
    simulator.clearJournal();
    const kept = await stack.up("--skip-preview", "--refresh");
    expect(kept.stdout + kept.stderr).toMatch(/judged with role sync, but write-only would be applied/);
    expect(kept.code).not.toBe(0);
    expect(writes(simulator)).toEqual([]);
  });
});

/** A program whose members keep whatever their state says. */
const ignoringEverything = clusterProgram().replace(
  "});\nexports.shape",
  `}, { transforms: [({ type, props, opts }) =>
    type.endsWith(":DnsClusterMember") ? { props, opts: { ...opts, ignoreChanges: ["*"] } } : undefined] });
exports.shape`,
);
