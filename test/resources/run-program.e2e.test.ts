import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram, singleProgram } from "../helpers/cluster-program";
import { pulumiProjects } from "../helpers/pulumi";
import { allFiles, writes } from "../helpers/server-files";
import { sampleOf } from "../helpers/sample";

const newProject = pulumiProjects();
jest.setTimeout(240_000);

const parts = (role: string) =>
  singleProgram(`
const link = (from, to, role) => {
  const token = new whm.ApiToken(to + "-for-" + from, { server: to, users: [from] }, { provider });
  return new whm.DnsClusterMember(from + "-" + to, { server: from, peer: to, role, token: token.token }, { provider });
};
link("web1", "ns1", "sync"); link("ns1", "web1", "${role}");
new whm.TrustedRemoteIp("ip", { server: "web1", address: "192.0.2.11" }, { provider });`);

const cluster = (role: string) =>
  clusterProgram(
    `{ links: [{ from: "web1", to: "ns1", role: "sync" }, { from: "ns1", to: "web1", role: "${role}" }] }`,
  ) + 'exports.token = cluster.parts.tokens["ns1-for-web1"].tokenName;';

const programs = [
  { what: "a cluster", program: cluster },
  { what: "links declared one by one", program: parts },
];

describe("a program that the rules reject, run by the engine for refresh and destroy", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
  });
  afterEach(() => simulator.stop());

  test.each(sampleOf(programs, 1))(
    "[E] $what: refresh and destroy work with --run-program",
    async ({ program }) => {
      const before = allFiles(simulator);
      const stack = await newProject({
        program: program("standalone"),
        secrets: { "whm:servers": JSON.stringify(simulator.servers) },
      });
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      await stack.write({ "index.js": program("sync") });
      simulator.clearJournal();
      const up = await stack.up("--skip-preview");
      expect(up.code).not.toBe(0);
      expect(up.stdout + up.stderr).toContain("[sync-back]");
      expect((await stack.preview()).code).not.toBe(0);

      expect(await stack.refresh("--run-program", "--skip-preview")).toMatchObject({ code: 0 });
      expect(writes(simulator)).toEqual([]);
      expect(await stack.destroy("--run-program", "--skip-preview")).toMatchObject({ code: 0 });
      expect(allFiles(simulator)).toEqual(before);
    },
  );
});
