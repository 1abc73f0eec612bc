import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram, singleProgram } from "../helpers/cluster-program";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import type { CommandResult } from "../helpers/run-command";
import { memberFile, writes } from "../helpers/server-files";
import { drawnTests, sampleOf } from "../helpers/sample";

const newProject = pulumiProjects();
jest.setTimeout(180_000);

const pack = ["--policy-pack", "../node_modules/pulumi-whm/policy-pack"];

/** Two web servers that feed each other: the program calls that a warning. */
const relaxed = clusterProgram(`{
  links: [
    { from: "web1", to: "ns1", role: "sync" }, { from: "web2", to: "ns1", role: "sync" },
    { from: "web1", to: "web2", role: "sync" },
  ],
  rules: { "web-server-link": { severity: "warning", reason: "until the move is over" } },
}`);

const linkByLink = singleProgram(`
for (const web of ["web1", "web2"]) {
  const token = new whm.ApiToken("ns1-for-" + web, { server: "ns1", users: [web] }, { provider });
  new whm.DnsClusterMember(web + "-ns1", { server: web, peer: "ns1", role: "sync", token: token.token }, { provider });
  new whm.TrustedRemoteIp(web + "-ns1", { server: web, address: "192.0.2.12" }, { provider });
}`);

/** A member that is made without the class, so that no topology holds it. */
const unjudged = singleProgram(`
new pulumi.CustomResource("pulumi-nodejs:dynamic/whm:DnsClusterMember", "by-hand", {
  __provider: 'exports.handler=()=>require("pulumi-whm/runtime").provider("DnsClusterMember")',
  server: "web1", peer: "ns1", role: "sync", token: pulumi.secret("PLANTEDSECRET0123456789PLANTED00"),
  peerAddress: "192.0.2.12", peerHostname: "ns1.example.com", user: "root",
}, { provider });`);

/** An output that is known at the update only. */
const later = 'new pulumi.dynamic.Resource({ create: async () => ({ id: "made" }) }, "first", {}).id';

/** A gate whose topology is known at the update only. */
const unknown = singleProgram(`
new pulumi.CustomResource("pulumi-nodejs:dynamic/whm:TopologyGate", "later", {
  __provider: 'exports.handler=()=>require("pulumi-whm/runtime").provider("TopologyGate")',
  topology: { servers: ${later}.apply(() => ({ web1: { type: "cpanel" } })), links: [] },
});`);

/** Connection details that are not known at a preview are no business of the pack's. */
const unknownConnection = clusterProgram(`{
  servers: { ...servers, web1: { ...servers.web1,
    connection: ${later}.apply(() => servers.web1.connection) } },
}`);

describe("the policy pack, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({
      servers: { web1: { type: "cpanel" }, web2: { type: "cpanel" }, ns1: { type: "dnsonly" } },
    });
  });
  afterEach(() => simulator.stop());

  const project = (program: string): Promise<PulumiProject> =>
    newProject({ program, secrets: { "whm:servers": JSON.stringify(simulator.servers) } });

  async function configured(made: PulumiProject, configuration: object): Promise<string[]> {
    await writeFile(join(made.folder, "policies.json"), JSON.stringify(configuration));
    return [...pack, "--policy-pack-config", "policies.json"];
  }

  drawnTests(1, (test) => {
    test("[E] refuses a program that relaxes a rule, which passes without the pack, before anything is written", async () => {
      const made = await project(relaxed);
      expect(await made.preview()).toMatchObject({ code: 0 });
      for (const refused of [await made.preview(...pack), await made.up("--skip-preview", ...pack)]) {
        expectRefusal(refused, "web1 -> web2", "[web-server-link]");
        expect(printed(refused)).toContain(
          "The program overrides web-server-link, and the policy pack accepts",
        );
        expect(printed(refused)).toMatch(/\[mandatory\] +link-rules/);
      }
      expect(writes(simulator)).toEqual([]);
    });

    test("[E] lets the organisation permit overrides, set rules itself, or only advise", async () => {
      const made = await project(relaxed);
      const accepting = { "link-rules": { programOverrides: "accepted" } };
      expect(await made.preview(...(await configured(made, accepting)))).toMatchObject({ code: 0 });

      const stricter = {
        "link-rules": {
          programOverrides: "accepted",
          rules: { "cpanel-nameserver": { severity: "error", reason: "web servers take no zones here" } },
        },
      };
      const refused = await made.preview(...(await configured(made, stricter)));
      expectRefusal(refused, "web servers take no zones here", "[cpanel-nameserver]");

      const advised = await made.preview(...(await configured(made, { "link-rules": "advisory" })));
      expect(advised.code).toBe(0);
      expect(printed(advised)).toContain("[web-server-link]");
    });

    test("[E] warns about a server that nothing links, or refuses it if the organisation demands it", async () => {
      const made = await project(clusterProgram('{ links: [{ from: "web1", to: "ns1", role: "sync" }] }'));
      const up = await made.up(...pack);
      expect(up).toMatchObject({ code: 0 });
      expect(printed(up)).toContain("warning: web2: nothing flows to or from it. ");
      expect(await made.up()).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("unchanged") as string,
      });
      const rules = { "unlinked-server": { severity: "error", reason: "no spares" } };
      const refused = await made.preview(...(await configured(made, { "link-rules": { rules } })));
      expectRefusal(refused, "error: web2: nothing flows", "(overridden: no spares) [unlinked-server]");
    });

    test("[E] stops every run on a mistake in its configuration and explains how to correct it", async () => {
      const made = await project(relaxed);
      const misspelled = { "link-rules": { rules: { "web-server-lnk": { severity: "off", reason: "x" } } } };
      const refused = await made.up("--skip-preview", ...(await configured(made, misspelled)));
      expectRefusal(
        refused,
        "The configuration of the policy pack is malformed",
        "did you mean web-server-link?",
      );
      const misshapen = { "link-rules": { rules: { "web-server-link": { severity: "none" } } } };
      const unread = await made.preview(...(await configured(made, misshapen)));
      expectRefusal(unread, "rules.web-server-link.severity must be one of");
      expect(writes(simulator)).toEqual([]);
    });

    test("[E] refuses a link that is in no topology before it is written", async () => {
      const made = await project(unjudged);
      for (const refused of [await made.preview(...pack), await made.up("--skip-preview", ...pack)]) {
        expectRefusal(refused, "The link web1 -> ns1 (sync, 192.0.2.12) is in no topology that was judged");
        expect(printed(refused)).not.toContain("PLANTEDSECRET");
      }
      expect(writes(simulator)).toEqual([]);
    });

    test("[E] treats a topology that is unknown at a preview as a violation, not as advice", async () => {
      const refused = await (await project(unknown)).preview(...pack);
      expectRefusal(refused, "later cannot be judged", ".topology.servers can't be known during preview");
      expect(printed(refused)).toMatch(/\[mandatory\] +link-rules/);
    });

    test("[E] accepts connection details that are unknown at a preview", async () => {
      const passed = await (await project(unknownConnection)).preview(...pack);
      expect(passed).toMatchObject({ code: 0 });
      expect(printed(passed)).not.toMatch(/advisory|mandatory/);
    });
  });

  test.each(
    sampleOf(
      [
        ["a cluster", clusterProgram()],
        ["a set of links declared one by one", linkByLink],
      ],
      1,
    ),
  )("[E] accepts %s that follows the rules", async (_what, program) => {
    const made = await (await project(program)).up(...pack);
    expect(made).toMatchObject({ code: 0 });
    expect(printed(made)).not.toMatch(/advisory|mandatory/);
    expect(simulator.files("web2").read(`${memberFile("192.0.2.12")}-dnsrole`)).toBe("sync");
  });
});

function printed({ stdout, stderr }: CommandResult): string {
  return stdout + stderr;
}

function expectRefusal(result: CommandResult, ...texts: string[]): void {
  expect(result.code).not.toBe(0);
  for (const text of texts) expect(printed(result)).toContain(text);
  expect(printed(result)).not.toMatch(/^\s+at .*[(:]/m);
}
