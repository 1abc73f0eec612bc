import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram, singleProgram } from "../helpers/cluster-program";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import { memberFile, writes } from "../helpers/server-files";
import { storedTokens, tokenOpenedBy, type StoredToken } from "../helpers/stored-tokens";

const newProject = pulumiProjects();
jest.setTimeout(300_000);

const single = singleProgram(`
const token = new whm.ApiToken("ns1-for-web1", { server: "ns1", whitelistIps: ["192.0.2.10"], users: ["web1"], rotate: "1" }, { provider });
new whm.DnsClusterMember("web1-ns1", { server: "web1", peer: "ns1", role: "sync", token: token.token }, { provider });
new whm.TrustedRemoteIp("web1-ns1", { server: "web1", address: "192.0.2.11" }, { provider });
`);

describe("a replaced token, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
  });
  afterEach(() => simulator.stop());

  const project = (program: string): Promise<PulumiProject> =>
    newProject({ program, secrets: { "whm:servers": JSON.stringify(simulator.servers) } });

  /** The token of a server that web1's member at this address stores. */
  function tokenInUse(server: string, address: string): StoredToken | undefined {
    const pass = /^pass=(.*)$/m.exec(simulator.files("web1").read(memberFile(address))!)![1]!;
    return tokenOpenedBy(simulator, server, pass);
  }

  /** Addresses of web1's members as each event finds them, told by either of their files. */
  function membersAtEachStep(): () => Set<string> {
    const seen = new Set<string>();
    const look = (): void => {
      const names = simulator.files("web1").list("/var/cpanel/cluster/root/config");
      const members = names.map((path) => /config\/([\d.]+)(-dnsrole)?$/.exec(path)?.[1] ?? []).flat();
      seen.add([...new Set(members)].join(" "));
    };
    const end = simulator.watch(look);
    return () => {
      end();
      look();
      return seen;
    };
  }

  test("[E] is passed to its member after --replace; nothing is left behind and the next run has no changes", async () => {
    const stack = await project(single);
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    const [old] = storedTokens(simulator, "ns1");
    expect(await stack.up("--skip-preview", "--replace", "**::ns1-for-web1")).toMatchObject({ code: 0 });
    expect(storedTokens(simulator, "ns1")).toEqual([tokenInUse("ns1", "192.0.2.11")]);
    expect(storedTokens(simulator, "ns1")).not.toEqual([old]);
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
  });

  test("[E] stays on the old machine when its server moves to a new one, and a warning reports it", async () => {
    const stack = await project(clusterProgram());
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    const left = storedTokens(simulator, "ns1");
    const machine = await simulator.addServer("ns1-new", { type: "dnsonly", address: "192.0.2.12" });
    const { web1, ns1 } = simulator.servers;
    const moved = { web1, ns1: { ...machine, hostname: ns1!.hostname } };
    await stack.setSecret("whm:servers", JSON.stringify(moved));
    const allow = '{ allow: [{ risk: "identity-changed", reason: "new machine" }] }';
    await stack.write({ "index.js": clusterProgram(allow) });
    simulator.clearJournal();
    const seen = membersAtEachStep();
    const up = await stack.up("--skip-preview");
    expect([up.code, up.stdout + up.stderr]).toEqual([0, expect.any(String)]);
    expect(up.stdout).toContain(
      `ns1 is at 192.0.2.12 now and does not know the API token ${left[0]!.name}, which was made at 192.0.2.11`,
    );
    // WHM wants one member of a host name: the old one goes before the new one comes.
    expect([...seen()]).toEqual(["192.0.2.11", "", "192.0.2.12"]);
    expect(storedTokens(simulator, "ns1-new")).toEqual([tokenInUse("ns1-new", "192.0.2.12")]);
    expect(writes(simulator).filter((write) => write.startsWith("ns1 "))).toEqual([]);
    expect(storedTokens(simulator, "ns1")).toEqual(left);

    simulator.clearJournal();
    expect(await stack.up("--skip-preview", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(writes(simulator)).toEqual([]);
  });
});
