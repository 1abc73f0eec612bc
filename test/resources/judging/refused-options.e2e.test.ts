import { startSimulator, type Simulator } from "../../../provider/simulator";
import { singleProgram } from "../../helpers/cluster-program";
import { pulumiProjects } from "../../helpers/pulumi";
import { writes } from "../../helpers/server-files";
import { sampleOf } from "../../helpers/sample";

const newProject = pulumiProjects();
jest.setTimeout(240_000);

const before = `
const token = (opts) => new whm.ApiToken("ns1-for-web1", { server: "ns1", whitelistIps: ["192.0.2.10"], users: ["web1"], rotate: 1 }, { provider, ...opts });
const member = (opts) => new whm.DnsClusterMember("web1-ns1", { server: "web1", peer: "ns1", role: "sync", token: "SECRET0123456789SECRET0123456789" }, { provider, ...opts });
const line = (opts) => new whm.TrustedRemoteIp("ip", { server: "web1", address: "192.0.2.11" }, { provider, ...opts });
`;

const refusals = [
  {
    what: "import of a member",
    program: 'token(); line(); member({ import: "web1/192.0.2.11" });',
    says: /The cluster member web1-ns1 can't be imported.*adopt: true/,
  },
  {
    what: "import of a member by a transformation",
    program:
      'token(); line(); member({ transformations: [({ props, opts }) => ({ props, opts: { ...opts, import: "web1/192.0.2.11" } })] });',
    says: /The cluster member web1-ns1 can't be imported.*adopt: true/,
  },
  {
    what: "import of a member by a transform of its own",
    program:
      'token(); line(); member({ transforms: [({ props, opts }) => ({ props, opts: { ...opts, import: "web1/192.0.2.11" } })] });',
    says: /The cluster member web1-ns1 can't be imported.*adopt: true/,
  },
  {
    what: "import of a token by a transform of the stack",
    program:
      // The language host of the tests may be older than this call to the engine.
      "pulumi.runtime.getMonitor().registerStackTransform = (_request, answer) => answer(null, {});" +
      'pulumi.runtime.registerResourceTransform(({ type, props, opts }) => (type.endsWith("ApiToken") ? { props, opts: { ...opts, import: "ns1/x" } } : undefined)); token(); line(); member();',
    says: /The API token ns1-for-web1 can't be imported.*secret cannot be read again/,
  },
  {
    what: "import of a trusted address",
    program: 'token(); member(); line({ import: "web1/192.0.2.11" });',
    says: /The trusted address ip can't be imported/,
  },
  {
    what: "deleteBeforeReplace on a token",
    program: "line(); member(); token({ deleteBeforeReplace: true });",
    says: /The API token ns1-for-web1 can't have `deleteBeforeReplace`: .*revoked/,
  },
  {
    what: "ignoreChanges of a token's privileges",
    program: 'line(); member(); token({ ignoreChanges: ["acls"] });',
    says: /The API token ns1-for-web1 can't have `ignoreChanges` of acls: .*declare the value/,
  },
  {
    what: "ignoreChanges of everything by a transform",
    program:
      'token(); member(); line({ transforms: [({ props, opts }) => ({ props, opts: { ...opts, ignoreChanges: ["*"] } })] });',
    says: /The trusted address ip can't have `ignoreChanges` of \*/,
  },
];

describe("unsupported resource options, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
  });
  afterEach(() => simulator.stop());

  test.each(sampleOf(refusals, 2))(
    "[E] $what is refused in one sentence, and nothing is created",
    async ({ program, says }) => {
      const stack = await newProject({
        program: singleProgram(before + program),
        secrets: { "whm:servers": JSON.stringify(simulator.servers) },
      });
      const up = await stack.up("--skip-preview");
      const printed = up.stdout + up.stderr;
      expect(printed).toMatch(says);
      expect(printed).not.toMatch(/toJavaScript|^\s+at .*[(:]/m);
      expect(up.code).not.toBe(0);
      expect(writes(simulator)).toEqual([]);
    },
  );
});
