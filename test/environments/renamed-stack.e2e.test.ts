import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { withReverseTrust } from "../helpers/managed-servers";
import { pulumiProjects } from "../helpers/pulumi";
import { allFiles, ns1Entry, writes } from "../helpers/server-files";

jest.setTimeout(300_000);
const newProject = pulumiProjects();

describe("a renamed stack", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: withReverseTrust });
  });
  afterEach(() => simulator.stop());

  test("[E] has no changes, recognises its claims on the servers, and leaves nothing behind", async () => {
    const before = allFiles(simulator);
    const secrets = { "whm:servers": JSON.stringify(simulator.servers) };
    const old = await newProject({ program: clusterProgram(), stack: "old", secrets });
    expect(await old.up("--skip-preview")).toMatchObject({ code: 0 });
    const made = allFiles(simulator);
    simulator.clearJournal();

    const stack = await old.rename("new");
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await stack.up("--skip-preview", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(writes(simulator)).toEqual([]);
    expect(allFiles(simulator)).toEqual(made);

    const turned =
      '{ links: direct.links.map((link) => ({ ...link, role: "write-only" })), tokens: { rotate: 2 } }';
    await stack.write({ "index.js": clusterProgram(turned) });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(simulator.files("web1").read(ns1Entry.role)).toBe("write-only");
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await stack.destroy("--skip-preview")).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(before);
  });
});
