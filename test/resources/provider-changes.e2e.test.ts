import { cp, mkdir, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { startSimulator, type Simulator } from "../../provider/simulator";
import { programStart } from "../helpers/cluster-program";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import { allFiles, memberFile, writes } from "../helpers/server-files";
import { sampleOf } from "../helpers/sample";

const newProject = pulumiProjects();
const repository = resolve(__dirname, "..", "..");
jest.setTimeout(240_000);

const links = `
const token = new whm.ApiToken("ns1-for-web1", { server: "ns1", whitelistIps: ["192.0.2.10"], users: ["web1"] }, options);
new whm.DnsClusterMember("web1-ns1", { server: "web1", peer: "ns1", role: "sync", token: token.token }, options);
new whm.TrustedRemoteIp("web1-ns1", { server: "web1", address: "192.0.2.11" }, options);
`;
const cluster = `new whm.DnsCluster("prod", { links: [{ from: "web1", to: "ns1", role: "sync" }] }, options);`;

/** A program whose resources use a provider of that name; without a name, the default provider. */
function program(resources: string, provider?: string): string {
  const options = provider ? `{ provider: new whm.Provider("${provider}", { servers: configured }) }` : "{}";
  return `${programStart}
const options = ${options};
${resources}`;
}

describe("a change of the provider, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
  });
  afterEach(() => simulator.stop());

  const project = (text: string) =>
    newProject({ program: text, secrets: { "whm:servers": JSON.stringify(simulator.servers) } });

  /** Runs a changed program and expects that no resource notices, neither now nor at a refresh. */
  async function changesNothing(stack: PulumiProject, text: string): Promise<void> {
    await stack.write({ "index.js": text });
    simulator.clearJournal();
    const up = await stack.up("--skip-preview");
    expect(up).toMatchObject({ code: 0 });
    expect(up.stdout.match(/^ *[-+~]+ +pulumi-nodejs:dynamic.*$/gm)).toBeNull();
    expect(writes(simulator)).toEqual([]);
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
  }

  test.each(
    sampleOf(
      [
        ["links declared one by one", links],
        ["a cluster", cluster],
      ],
      1,
    ),
  )(
    "[E] changes no resource of %s when the provider is renamed, or default becomes explicit and back",
    async (_what, resources) => {
      const before = allFiles(simulator);
      const stack = await project(program(resources, "whm"));
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      expect(simulator.files("web1").read(`${memberFile("192.0.2.11")}-dnsrole`)).toBe("sync");
      await changesNothing(stack, program(resources, "servers"));
      await changesNothing(stack, program(resources));
      await changesNothing(stack, program(resources, "whm"));
      expect(await stack.destroy()).toMatchObject({ code: 0 });
      expect(allFiles(simulator)).toEqual(before);
    },
  );
});

describe("two copies of the package in one program, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
  });
  afterEach(() => simulator.stop());

  /** A folder with a copy of its own, as npm makes one for a dependency that asks for another version. */
  async function addCopy(stack: PulumiProject): Promise<void> {
    const copy = join(stack.folder, "copy", "node_modules", "pulumi-whm");
    await mkdir(copy, { recursive: true });
    await cp(join(repository, "dist"), join(copy, "dist"), { recursive: true });
    await cp(join(repository, "package.json"), join(copy, "package.json"));
    await symlink(join(repository, "node_modules"), join(copy, "node_modules"));
  }

  const back = `
const whm = require("pulumi-whm");
module.exports = (options) => {
  const token = new whm.ApiToken("web1-for-ns1", { server: "web1", whitelistIps: ["192.0.2.11"], users: ["ns1"] }, options);
  new whm.DnsClusterMember("ns1-web1", { server: "ns1", peer: "web1", role: "ROLE", token: token.token }, options);
};`;

  test("[E] judge the links of one copy together with those of the other", async () => {
    const both = `${links}\nrequire("./copy")(options);`;
    const stack = await newProject({
      program: program(both, "whm"),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });
    await addCopy(stack);
    await stack.write({ "copy/index.js": back.replace("ROLE", "sync") });
    for (const command of [["preview"], ["up", "--yes", "--skip-preview"]]) {
      const rejected = await stack.run(command);
      expect(rejected.code).not.toBe(0);
      expect(rejected.stdout + rejected.stderr).toContain("[sync-back]");
    }
    expect(writes(simulator)).toEqual([]);

    await stack.write({ "copy/index.js": back.replace("ROLE", "standalone") });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(simulator.files("ns1").read(`${memberFile("192.0.2.10")}-dnsrole`)).toBe("standalone");
  });
});

describe("a rejection because of live links, with --continue-on-error", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
  });
  afterEach(() => simulator.stop());

  test.each(
    sampleOf(
      [
        ["links declared one by one", links],
        ["a cluster", cluster],
      ],
      1,
    ),
  )("[E] stops everything of %s and reports the reason once", async (_what, resources) => {
    simulator.files("ns1").write(memberFile("192.0.2.10"), "#version 2.0\nmodule=cPanel\n");
    simulator.files("ns1").write(`${memberFile("192.0.2.10")}-dnsrole`, "sync");
    const stack = await newProject({
      program: program(resources, "whm"),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });
    const up = await stack.up("--skip-preview", "--continue-on-error");
    const printed = up.stdout + up.stderr;
    expect(up.code).not.toBe(0);
    const diagnostics = printed.slice(printed.indexOf("Diagnostics:"));
    expect(
      diagnostics.match(/rejected together with live links that the servers already hold/g),
    ).toHaveLength(1);
    expect(diagnostics).not.toMatch(/has a problem|^\s+at .*\(/m);
    expect(writes(simulator)).toEqual([]);
  });
});
