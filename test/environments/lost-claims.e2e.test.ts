import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { withReverseTrust } from "../helpers/managed-servers";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import { allFiles, writes } from "../helpers/server-files";

jest.setTimeout(600_000);
const newProject = pulumiProjects();

const register = "/var/cpanel/.pulumi-whm";

describe("claims that were removed from the servers by hand", () => {
  let simulator: Simulator;
  let before: ReturnType<typeof allFiles>;
  let stack: PulumiProject;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: withReverseTrust });
    before = allFiles(simulator);
    const secrets = { "whm:servers": JSON.stringify(simulator.servers) };
    stack = await newProject({ program: clusterProgram(), secrets });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
  });
  afterEach(() => simulator.stop());

  const claimFiles = (server: string, key: string): string[] =>
    simulator
      .files(server)
      .list(register)
      .filter((path) => path.startsWith(`${register}/${key}.`));

  /** Names of all claims on a server. */
  const claims = (server: string): string[] => [
    ...claimFiles(server, "member"),
    ...claimFiles(server, "line"),
  ];

  const urns = async (): Promise<string[]> => (await stack.exportStack()).map(({ urn }) => urn).sort();

  const bothServers = () => ({ web1: claims("web1"), ns2: claims("ns2") });

  test("[E] are shown as drift, are restored by up --refresh, and leave nothing behind after a destroy", async () => {
    const [made, state] = [bothServers(), await urns()];
    const lost = [
      ["web1", claimFiles("web1", "member.192.0.2.11")],
      ["web1", claimFiles("web1", "line.192.0.2.11")],
      ["ns2", claimFiles("ns2", "member.192.0.2.10")],
    ] as const;
    expect(lost.map(([, paths]) => paths.length)).toEqual([1, 1, 1]);
    for (const [server, paths] of lost) paths.forEach((path) => simulator.files(server).remove(path));
    simulator.clearJournal();
    const preview = await stack.preview("--refresh", "--expect-no-changes", "--diff");
    expect(preview.code).not.toBe(0);
    expect(preview.stdout.match(/\+ unclaimed *: true/g)).toHaveLength(3);
    expect(writes(simulator)).toEqual([]);
    expect(await stack.up("--skip-preview", "--refresh")).toMatchObject({ code: 0 });
    expect(bothServers()).toEqual(made);

    // The same with the whole register.
    for (const server of ["web1", "ns2"]) simulator.files(server).remove(register);
    simulator.clearJournal();
    const refresh = await stack.refresh("--skip-preview", "--diff");
    expect(refresh).toMatchObject({ code: 0 });
    expect(refresh.stdout.match(/\+ unclaimed *: true/g)).toHaveLength(5);
    expect(writes(simulator)).toEqual([]);
    expect(await urns()).toEqual(state);
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(bothServers()).toEqual(made);
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    const destroyed = await stack.destroy("--skip-preview");
    expect(destroyed).toMatchObject({ code: 0 });
    expect(destroyed.stdout).not.toContain("stays on");
    expect(allFiles(simulator)).toEqual(before);
  });

  test("[E] do not stop destroy from deleting what is provably ours, and a warning names the rest", async () => {
    for (const server of ["web1", "ns2"]) simulator.files(server).remove(register);
    const destroyed = await stack.destroy("--skip-preview");
    expect(destroyed).toMatchObject({ code: 0 });
    const printed = destroyed.stdout + destroyed.stderr;
    expect(new Set(printed.match(/The trusted address 192\.0\.2\.1[12] stays on web1/g)).size).toBe(2);
    const { web1, ...others } = allFiles(simulator);
    const { ["/etc/ips.remotedns"]: lines, ...rest } = web1!;
    expect(lines!.split("\n").sort()).toEqual(["", "192.0.2.11", "192.0.2.12"]);
    expect({ web1: rest, ...others }).toEqual(before);
  });
});
