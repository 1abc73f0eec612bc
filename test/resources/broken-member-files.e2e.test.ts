import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { pulumiProjects } from "../helpers/pulumi";
import { allFiles, memberFile, writes } from "../helpers/server-files";

const newProject = pulumiProjects();
jest.setTimeout(300_000);

const breaks: [says: string, role: string | undefined, noMemberFile?: true][] = [
  ['the role file holds \\"synchronize\\"', "synchronize"],
  ['the role file holds \\"sync\\\\r\\\\n\\"', "sync\r\n"],
  ['the role file holds \\"sync\\\\n\\\\n\\"', "sync\n\n"],
  ["there is no member file", "sync", true],
  ["there is no role file", undefined],
];

describe("members with broken files, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    const nameservers = breaks.map((_each, index) => [`ns${index + 1}`, { type: "dnsonly" }] as const);
    simulator = await startSimulator({
      servers: { web1: { type: "cpanel" }, ...Object.fromEntries(nameservers) },
    });
  });
  afterEach(() => simulator.stop());

  test("[E] are shown with their values on disk, and are repaired by up --refresh", async () => {
    const before = allFiles(simulator);
    const secrets = { "whm:servers": JSON.stringify(simulator.servers) };
    const stack = await newProject({ program: clusterProgram(), secrets });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    const made = allFiles(simulator);
    const web1 = simulator.files("web1");
    breaks.forEach(([, role, noMemberFile], index) => {
      const file = memberFile(simulator.servers[`ns${index + 1}`]!.address!);
      if (role === undefined) web1.remove(`${file}-dnsrole`);
      else web1.write(`${file}-dnsrole`, role);
      if (noMemberFile) web1.remove(file);
    });
    simulator.clearJournal();

    const preview = await stack.preview("--refresh", "--expect-no-changes", "--diff");
    expect(preview.code).not.toBe(0);
    for (const [says] of breaks) expect(preview.stdout).toContain(`"missing: ${says}"`);
    const refresh = await stack.refresh("--skip-preview");
    expect(refresh).toMatchObject({ code: 0 });
    expect(refresh.stdout).not.toContain("deleted");
    expect(writes(simulator)).toEqual([]);

    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(made);
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await stack.destroy("--skip-preview")).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(before);
  });
});
