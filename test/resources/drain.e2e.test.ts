import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { pulumiProjects } from "../helpers/pulumi";
import { allFiles, memberFile } from "../helpers/server-files";

const newProject = pulumiProjects();
jest.setTimeout(240_000);

describe("a drained nameserver, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({
      servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" }, ns2: { type: "dnsonly" } },
    });
  });
  afterEach(() => simulator.stop());

  const drained = (until: string) =>
    clusterProgram(
      `{ servers: { ...servers, ns1: { ...servers.ns1, drain: { reason: "new disk", until: "${until}" } } } }`,
    );
  const roles = () =>
    ["ns1", "ns2"].map((name) =>
      simulator.files("web1").read(`${memberFile(simulator.servers[name]!.address!)}-dnsrole`),
    );

  test("[E] stands as standalone in every preview's words, and is back as it was without the drain", async () => {
    const stack = await newProject({
      program: clusterProgram(),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    const before = allFiles(simulator);

    await stack.write({ "index.js": drained("2099-01-31") });
    const preview = await stack.preview("--diff");
    expect(preview.stdout).toMatch(/~ role\s*: "sync" => "standalone"/);
    expect(preview.stdout + preview.stderr).toContain(
      "ns1 is drained until 2099-01-31 (new disk): its 1 link stands as standalone.",
    );
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(roles()).toEqual(["standalone", "sync"]);
    const lines = simulator.files("web1").read("/etc/ips.remotedns");
    expect(lines).toContain(simulator.servers["ns1"]!.address);

    await stack.write({ "index.js": drained("2020-01-31") });
    const late = await stack.preview("--refresh");
    expect(late).toMatchObject({ code: 0 });
    // The provider, the gate and the proof hold the new day; no member differs.
    expect(late.stdout).toContain("~ 3 to update");
    expect(late.stdout + late.stderr).toContain("The time is over: remove the drain, or give a later until.");

    await stack.write({ "index.js": clusterProgram() });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(before);
  });
});
