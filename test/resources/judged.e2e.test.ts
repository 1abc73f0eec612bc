import { startSimulator, type Simulator } from "../../provider/simulator";
import { programStart } from "../helpers/cluster-program";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import { memberFile, writes } from "../helpers/server-files";
import { drawnTests, sampleOf } from "../helpers/sample";

const newProject = pulumiProjects();
jest.setTimeout(240_000);

/** What every program of this file begins with. */
const head = `
${programStart}
const all = configured;
const provider = new whm.Provider("whm", { servers: all });
const pick = (...names) => Object.fromEntries(names.map((name) => [name, all[name]]));
const L = (from, to, role = "sync") => ({ from, to, role });
const isLink = ({ type }) => type.endsWith(":DnsClusterMember");
const isTrust = ({ type }) => type.endsWith(":ReverseTrust");
const isToken = ({ type }) => type.endsWith(":ApiToken");
const isAddress = ({ type }) => type.endsWith(":TrustedRemoteIp");
const change = (wanted, more) => (args) =>
  wanted(args) ? { props: { ...args.props, ...more(args.props) }, opts: args.opts } : undefined;
const toSync = change(isLink, () => ({ role: "sync" }));
const back = (opts) => new whm.DnsCluster("c", {
  servers: pick("web1", "ns1"), links: [L("web1", "ns1"), L("ns1", "web1", "standalone")] }, { provider, ...opts });
const direct = (opts) => new whm.DnsCluster("c", {
  servers: pick("web1", "ns1"), links: [L("web1", "ns1")] }, { provider, ...opts });
const link = (from, to, role, opts) => {
  const token = new whm.ApiToken(to + "-for-" + from, { server: to, whitelistIps: [all[from].address], users: [from] }, { provider });
  return new whm.DnsClusterMember(from + "-" + to, { server: from, peer: to, role, token: token.token }, { provider, ...opts });
};
const trusts = (server, ...names) => names.map((name) =>
  new whm.TrustedRemoteIp(server + "-" + name, { server, address: all[name].address }, { provider }));
`;

/** What turns an accepted program into another one behind the rules' back. */
const changes: { what: string; program: string; says: RegExp }[] = [
  {
    what: "transforms on a DnsCluster, back to a web server",
    program: "back({ transforms: [toSync] });",
    says: /The link from ns1 to web1 was judged with role standalone, but sync would be applied: a transform/,
  },
  {
    what: "transforms on a component around a DnsCluster",
    program:
      'const outer = new pulumi.ComponentResource("a:b:C", "outer", {}, { transforms: [toSync] }); back({ parent: outer });',
    says: /The link from ns1 to web1 was judged with role standalone, but sync/,
  },
  {
    what: "transforms on a link, between two web servers",
    program:
      'link("web1", "ns1", "sync"); link("web2", "ns1", "sync"); trusts("web1", "ns1"); trusts("web2", "ns1");' +
      'link("web1", "web2", "standalone", { transforms: [toSync] });',
    says: /The link from web1 to web2 was judged with role standalone, but sync/,
  },
  {
    what: "transformations",
    program: "back({ transformations: [toSync] });",
    says: /The link from ns1 to web1 was judged with role standalone, but sync/,
  },
  {
    what: "a stack transformation",
    program: "pulumi.runtime.registerStackTransformation(toSync); back();",
    says: /The link from ns1 to web1 was judged with role standalone, but sync/,
  },
  {
    what: "registerResourceTransform, after a wait",
    program:
      // The language host of the tests may be older than this call to the engine.
      "pulumi.runtime.getMonitor().registerStackTransform = (_request, answer) => answer(null, {});" +
      "pulumi.runtime.registerResourceTransform(async (args) => { await new Promise((done) => setTimeout(done, 50)); return toSync(args); }); back();",
    says: /The link from ns1 to web1 was judged with role standalone, but sync/,
  },
  {
    what: "another peer",
    program: 'direct({ transforms: [change(isLink, () => ({ peer: "ns2" }))] });',
    says: /The link from web1 to ns1 was judged with peer ns1, but ns2/,
  },
  {
    what: "another address of the peer, from an output",
    program:
      'direct({ transforms: [change(isLink, () => ({ peerAddress: pulumi.output("192.0.2.13") }))] });',
    says: /The link from web1 to ns1 was judged with peerAddress 192\.0\.2\.\d+, but 192\.0\.2\.13/,
  },
  {
    what: "more privileges of a token",
    program: 'direct({ transforms: [change(isToken, () => ({ acls: ["all"] }))] });',
    says: /A token of ns1 was judged with acls clustering, but all/,
  },
  {
    what: "another trusted address",
    program: 'direct({ transforms: [change(isAddress, () => ({ address: "203.0.113.9" }))] });',
    says: /The address 192\.0\.2\.\d+ that web1 trusts was judged with address 192\.0\.2\.\d+, but 203\.0\.113\.9/,
  },
  {
    what: "another holder of a trust",
    program:
      'new whm.DnsCluster("c", { servers: { ...pick("web1"), web2: { ...all.web2, nameserver: true }, ...pick("ns1") }, links: [L("web1", "web2"), L("web1", "ns1")] },' +
      ' { provider, transforms: [change(isTrust, () => ({ peer: "ns1" }))] });',
    says: /The trust of web2 in web1 was judged with peer web2, but ns1/,
  },
];

describe("only what was judged is applied, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({
      servers: {
        web1: { type: "cpanel" },
        web2: { type: "cpanel" },
        ns1: { type: "dnsonly" },
        ns2: { type: "dnsonly" },
      },
    });
  });
  afterEach(() => simulator.stop());

  const project = (program: string) =>
    newProject({
      program: head + program,
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });

  async function refused(stack: PulumiProject, says: RegExp, ...flags: string[]): Promise<void> {
    simulator.clearJournal();
    const up = await stack.up(...flags);
    expect(up.stdout + up.stderr).toMatch(says);
    expect(up.code).not.toBe(0);
    expect(writes(simulator)).toEqual([]);
  }

  test.each(sampleOf(changes, 1))(
    "[E] $what: refuses the difference before anything is written",
    async ({ program, says }) => {
      await refused(await project(program), says, "--skip-preview");
    },
  );

  drawnTests(1, (test) => {
    test("[E] refuses a transform at a second run, at a preview, and in a run without the gate", async () => {
      const stack = await project("back();");
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      await stack.write({ "index.js": `${head}back({ transforms: [toSync] });` });
      const says = /The link from ns1 to web1 was judged with role standalone, but sync would be applied/;
      await refused(stack, says, "--skip-preview");
      await refused(stack, says);
      await refused(stack, says, "--skip-preview", "--target", "**::c-ns1-web1");
    });

    test("[E] refuses at the check of the resource what a transform changes only when the engine runs it", async () => {
      const once =
        "let runs = 0; const later = (args) => (isLink(args) && runs++ >= 2 ? toSync(args) : undefined);";
      const stack = await project(`${once} back({ transforms: [later] });`);
      const up = await stack.up("--skip-preview");
      expect(up.stdout + up.stderr).toMatch(/was judged with role standalone, but sync would be applied/);
      expect(up.code).not.toBe(0);
      expect(simulator.files("ns1").read(memberFile("192.0.2.10"))).toBeUndefined();
    });

    test("[E] permits adopt: true from a transform, and from the cluster itself", async () => {
      const program = "direct({ transforms: [change(isLink, () => ({ adopt: true }))] });";
      const [file, foreign] = [
        memberFile("192.0.2.12"),
        "#version 2.0\nuser=root\nhost=old\npass=OLD\nmodule=cPanel\n",
      ];
      simulator.files("web1").write(file, foreign);
      const stack = await project("direct();");
      expect((await stack.up("--skip-preview")).code).not.toBe(0);
      expect(simulator.files("web1").read(file)).toBe(foreign);
      await stack.write({ "index.js": head + program });
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      expect(simulator.files("web1").read(`${file}-dnsrole`)).toBe("sync");

      await stack.write({ "index.js": `${head}direct();` });
      expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    });

    test("[E] shows no change at a second run, and only the drift in a preview after a refresh", async () => {
      const stack = await project("direct();");
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      expect(await stack.up("--expect-no-changes")).toMatchObject({ code: 0 });
      expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
      simulator.files("web1").write(`${memberFile("192.0.2.12")}-dnsrole`, "standalone");
      const drift = await stack.preview("--refresh", "--diff");
      expect(drift.stdout).toMatch(/~ role/);
      expect(drift.stdout).not.toMatch(/__judged/);
      expect(await stack.up("--refresh")).toMatchObject({ code: 0 });
      expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    });
  });

  test("[E] refuses a role that ignoreChanges keeps if the program declares another one", async () => {
    const chain = head.replace("const provider", "all.ns1.intermediary = true; const provider");
    const common = 'link("web1", "ns1", "sync"); trusts("web1", "ns1", "ns2");';
    const kept =
      'link("ns1", "ns2", "standalone", { ignoreChanges: ["role"] }); link("web1", "ns2", "sync");';
    const stack = await project("");
    await stack.write({ "index.js": `${chain}${common} link("ns1", "ns2", "sync");` });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    await stack.write({ "index.js": `${head}${common} ${kept}` });
    simulator.clearJournal();
    const preview = await stack.preview();
    expect(preview.stdout + preview.stderr).toMatch(
      /The link from ns1 to ns2 was judged with role standalone, but sync/,
    );
    expect(preview.code).not.toBe(0);
    // Without a preview the gate looks at the servers, before the first of the links is made.
    const up = await stack.up("--skip-preview");
    expect(up.stdout + up.stderr).toContain("the role sync would stay.");
    expect(up.code).not.toBe(0);
    expect(writes(simulator)).toEqual([]);

    // Where old and new are equal it does no harm.
    const same = 'link("ns1", "ns2", "sync", { ignoreChanges: ["role"] });';
    await stack.write({ "index.js": `${chain}${common} ${same}` });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
  });
});
