import { startSimulator, type Simulator } from "../../provider/simulator";
import { singleProgram } from "../helpers/cluster-program";
import { webAndNameserver } from "../helpers/managed-servers";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import { allFiles, ns1Entry, writes } from "../helpers/server-files";
import { addToken, editTokens } from "../helpers/stored-tokens";

const newProject = pulumiProjects();
jest.setTimeout(300_000);

/** A member whose token no resource of the program looks after. */
const program = singleProgram(`
const token = new pulumi.Config("by-hand").requireSecret("token");
new whm.DnsClusterMember("web1-ns1", { server: "web1", peer: "ns1", role: "sync", token }, { provider });
new whm.TrustedRemoteIp("web1-ns1", { server: "web1", address: "192.0.2.11" }, { provider });
`);

describe("a token that was created by hand and revoked on the peer, with the real engine", () => {
  let simulator: Simulator;
  let before: ReturnType<typeof allFiles>;
  let secret: string;
  let stack: PulumiProject;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: webAndNameserver });
    secret = addToken(simulator, "ns1", "by-hand");
    before = allFiles(simulator);
    const secrets = { "whm:servers": JSON.stringify(simulator.servers), "by-hand:token": secret };
    stack = await newProject({ program, secrets });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    editTokens(simulator, "ns1", () => undefined);
    simulator.clearJournal();
  });
  afterEach(() => simulator.stop());

  const urns = async (): Promise<string[]> => (await stack.exportStack()).map(({ urn }) => urn).sort();

  test("[E] is drift of its member, is refused with that reason, and is repaired by another token", async () => {
    const state = await urns();
    const preview = await stack.preview("--refresh", "--expect-no-changes", "--diff");
    expect(preview.code).not.toBe(0);
    expect(preview.stdout).toMatch(/\+ tokenRefused *: true/);
    expect(preview.stdout).toContain("web1-ns1");
    const refresh = await stack.refresh("--skip-preview");
    expect(refresh).toMatchObject({ code: 0 });
    expect(refresh.stdout).not.toContain("deleted");
    expect(await urns()).toEqual(state);

    const refused = await stack.up("--skip-preview");
    expect(refused.code).not.toBe(0);
    expect(refused.stdout + refused.stderr).toMatch(
      /on ns1: .*\[refused-credential\]\. It is the token that web1 stores for ns1: it was revoked/,
    );
    expect(writes(simulator)).toEqual([]);

    const another = addToken(simulator, "ns1", "by-hand-2");
    await stack.setSecret("by-hand:token", another);
    expect(await stack.up("--skip-preview", "--refresh")).toMatchObject({ code: 0 });
    expect(simulator.files("web1").read(ns1Entry.file)).toContain(`pass=${another}`);
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    for (const { stdout, stderr } of [preview, refresh, refused])
      expect(stdout + stderr).not.toMatch(new RegExp(`${secret}|${another}`));
  });

  test("[E] does not stop a destroy from restoring the servers", async () => {
    expect(await stack.destroy("--skip-preview", "--refresh")).toMatchObject({ code: 0 });
    expect(await stack.exportStack()).toEqual([]);
    const { web1 } = allFiles(simulator);
    expect(web1).toEqual(before["web1"]);
    expect(writes(simulator).filter((write) => write.startsWith("ns1 "))).toEqual([]);
  });
});
