import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import { drawnTests } from "../helpers/sample";
import { allFiles, writes } from "../helpers/server-files";
import { putZone } from "../helpers/zones";

const newProject = pulumiProjects();
jest.setTimeout(240_000);

const limits = "risks: { limits: { links: 4 } }";
const withoutNs2 = (more = "") =>
  clusterProgram(`{ ${limits}, links: direct.links.filter(({ to }) => to !== "ns2"), ${more} }`);
const withoutWeb2 = clusterProgram(`{ links: direct.links.filter(({ from }) => from !== "web2") }`);

describe("a change that takes a risk, with the real engine", () => {
  let simulator: Simulator;
  let stack: PulumiProject;
  beforeEach(async () => {
    simulator = await startSimulator({
      servers: {
        web1: { type: "cpanel" },
        web2: { type: "cpanel" },
        ns1: { type: "dnsonly" },
        ns2: { type: "dnsonly" },
      },
    });
    stack = await newProject({
      program: clusterProgram(`{ ${limits} }`),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    simulator.clearJournal();
  });
  afterEach(() => simulator.stop());

  async function rejects(risk: string, run: () => ReturnType<PulumiProject["up"]>): Promise<string> {
    const { code, stdout, stderr } = await run();
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain(`[${risk}]`);
    expect(writes(simulator)).toEqual([]);
    return stdout + stderr;
  }

  test("[E] changes nothing, however it is run, until it is allowed; a refresh shows no change of the gate", async () => {
    await stack.write({ "index.js": withoutNs2() });
    expect(await rejects("many-changes", () => stack.preview())).toContain(
      "The change of prod is rejected, compared with the state of the last run",
    );
    await rejects("many-changes", () => stack.up("--skip-preview"));
    expect(await rejects("many-changes", () => stack.up("--skip-preview", "--refresh"))).toContain(
      "compared with what the servers held at 20",
    );

    putZone(simulator, "ns2", "lonely.example");
    simulator.clearJournal();
    await stack.write({ "index.js": withoutNs2('allow: [{ risk: "many-changes", reason: "ns2 goes" }]') });
    await rejects("last-holder-of-zone", () => stack.up("--skip-preview", "--continue-on-error"));
    putZone(simulator, "ns1", "lonely.example");
    const done = await stack.up("--skip-preview");
    expect(done).toMatchObject({ code: 0 });
    expect(done.stdout + done.stderr).toContain("(allowed: ns2 goes) [many-changes]");
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
  });

  drawnTests(1, (test) => {
    test("[E] is none of a destroy, which leaves the servers as they were", async () => {
      await stack.write({ "index.js": withoutWeb2 });
      await rejects("web-server-without-nameserver", () => stack.preview());
      await rejects("web-server-without-nameserver", () => stack.up("--skip-preview"));
      expect(await stack.destroy("--skip-preview")).toMatchObject({ code: 0 });
      expect(Object.values(allFiles(simulator)).flatMap(Object.keys).join("\n")).not.toContain(
        "cluster/root/config/",
      );
    });
  });
});
