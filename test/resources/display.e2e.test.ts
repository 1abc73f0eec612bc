import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram, singleProgram } from "../helpers/cluster-program";
import { withReverseTrust } from "../helpers/managed-servers";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import { drawnTests } from "../helpers/sample";
import { withUnpacked } from "../helpers/unpacked";
import { ns1Entry } from "../helpers/server-files";
import { editTokens } from "../helpers/stored-tokens";

const newProject = pulumiProjects();
jest.setTimeout(300_000);

/** The cluster's proof waits for what will be written. */
const proof = "~ writes => [unknown]";

/** Reads what the others have made, as another program would. */
const getting = `
whm.TrustedRemoteIp.get("line", "web1/192.0.2.11", { server: "web1", address: "192.0.2.11" }, { provider });
whm.DnsClusterMember.get("read", "web1/192.0.2.11", { server: "web1", peer: "ns1", role: "sync", token: "PLANTED" }, { provider });
`;

describe("a preview after a refresh, with the real engine", () => {
  let simulator: Simulator;
  let stack: PulumiProject;
  let secrets: string[];
  beforeEach(async () => {
    simulator = await startSimulator({ servers: withReverseTrust });
    stack = await newProject({ program: clusterProgram(), secrets: configuration() });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    secrets = [...passes(), "FOREIGN", "PLANTED"];
  });
  afterEach(() => simulator.stop());

  const configuration = () => ({ "whm:servers": JSON.stringify(simulator.servers) });
  const passes = (): string[] =>
    ["web1", "ns2"].flatMap((name) =>
      Object.values(simulator.files(name).snapshot()).flatMap((text) =>
        [...text.matchAll(/^pass=(.*)$/gm)].map(([, pass]) => pass!),
      ),
    );

  /** Names of properties that a preview shows as added, changed or removed, each with its sign. */
  async function shown(...flags: string[]): Promise<string[]> {
    const { stdout } = await stack.preview("--refresh", "--diff", ...flags);
    for (const secret of secrets) expect(stdout).not.toContain(secret);
    const signed = /^ +([~+-]) ([A-Za-z]+) *: (?:.*( => \[unknown\]))?/gm;
    const lines = [...stdout.matchAll(signed)].map(([, sign, name, more = ""]) => `${sign} ${name}${more}`);
    return [...new Set(lines)];
  }

  async function expectNothingInClear(project = stack): Promise<void> {
    const exported = withUnpacked(JSON.stringify(await project.exportStack()));
    for (const secret of secrets) expect(exported).not.toContain(secret);
  }

  const changeRole = (): void => simulator.files("web1").write(ns1Entry.role, "standalone");
  const changeToken = (server: string, file: string): void => {
    const files = simulator.files(server);
    files.write(file, files.read(file)!.replace(/^pass=.*$/m, "pass=FOREIGN"));
  };

  drawnTests(2, (test) => {
    test("[E] shows only a changed role, and no command prints or stores a secret as plain text", async () => {
      changeRole();
      expect(await shown()).toEqual(["~ role", proof]);
      await expectNothingInClear();
      expect(await stack.refresh("--skip-preview")).toMatchObject({ code: 0 });
      await expectNothingInClear();
      expect(await shown()).toEqual(["~ role", proof]);
      expect(await stack.refresh("--skip-preview", "--run-program")).toMatchObject({ code: 0 });
      await expectNothingInClear();
      expect(await stack.up("--skip-preview", "--refresh")).toMatchObject({ code: 0 });
      await expectNothingInClear();
      expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
      expect(simulator.files("web1").read(ns1Entry.role)).toBe("sync");
    });

    test("[E] shows only a changed token of a member and of a trust, and never as plain text", async () => {
      changeToken("web1", ns1Entry.file);
      changeToken("ns2", "/var/cpanel/cluster/root/config/192.0.2.10");
      expect(await shown()).toEqual(["~ token", proof]);
      expect(await stack.refresh("--skip-preview")).toMatchObject({ code: 0 });
      await expectNothingInClear();
      changeRole();
      expect(await stack.refresh("--skip-preview")).toMatchObject({ code: 0 });
      await expectNothingInClear();
      expect((await shown()).sort()).toEqual(["~ role", "~ token", proof]);
      expect(await stack.up("--skip-preview", "--refresh", "--run-program")).toMatchObject({ code: 0 });
      await expectNothingInClear();
      expect(passes()).not.toContain("FOREIGN");
    });

    test("[E] shows only the widened privileges of a token", async () => {
      editTokens(simulator, "ns1", (token) => ({ ...token, acls: ["clustering", "status"] }));
      // Before an update the engine cannot know that the secret stays.
      expect(await shown()).toEqual(["~ acls", "~ token => [unknown]", proof]);
      editTokens(simulator, "ns1", (token) => ({ ...token, whitelist_ips: ["192.0.2.66"] }));
      expect((await shown()).sort()).toEqual(["~ acls", "~ token => [unknown]", "~ whitelistIps", proof]);
      await expectNothingInClear();
    });

    test("[E] shows no secret of a member that was read by its id alone, whatever the entry holds", async () => {
      const reader = await newProject({ program: singleProgram(getting), secrets: configuration() });
      expect(await reader.up("--skip-preview")).toMatchObject({ code: 0 });
      await expectNothingInClear(reader);
      changeToken("web1", ns1Entry.file);
      expect(await reader.refresh("--skip-preview")).toMatchObject({ code: 0 });
      await expectNothingInClear(reader);
      expect(await reader.up("--skip-preview", "--refresh")).toMatchObject({ code: 0 });
      await expectNothingInClear(reader);
    });
  });
});
