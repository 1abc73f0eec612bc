import { startSimulator, type Simulator } from "../../provider/simulator";
import { singleProgram } from "../helpers/cluster-program";
import { pulumiProjects } from "../helpers/pulumi";
import { writes } from "../helpers/server-files";
import { sampleOf } from "../helpers/sample";

jest.setTimeout(240_000);
const newProject = pulumiProjects();

const member = (more: string, token = '"TOKEN"') => `
new whm.DnsClusterMember("web1-ns1", { server: "web1", peer: "ns1", role: "sync", token: ${token}, ...${more} }, { provider });
new whm.TrustedRemoteIp("web1-ns1", { server: "web1", address: "192.0.2.11" }, { provider });
`;

describe("values that would break a line of a file, at a preview with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
  });
  afterEach(() => simulator.stop());

  test.each(
    sampleOf(
      [
        [
          "a user with a second line",
          member('{ user: "root\\npass=x" }'),
          "user: must not contain a line break",
        ],
        ["a token with an equals sign", member("{}", '"PLANTED=1"'), "token: must be printable"],
        ["a token with a NUL", member("{}", '"PLANTED\\0"'), "token: must not contain a line break or a NUL"],
        [
          "an address with a trailing blank",
          'new whm.TrustedRemoteIp("ip", { server: "web1", address: "192.0.2.11 " }, { provider });',
          "address: must be an IPv4 or IPv6 address",
        ],
        [
          "a privilege with a second line",
          'new whm.ApiToken("t", { server: "ns1", acls: ["clustering\\r\\n"] }, { provider });',
          "must not contain a line break",
        ],
      ],
      2,
    ),
  )("[E] %s is refused without contacting any server", async (_what, resource, reason) => {
    const stack = await newProject({
      program: singleProgram(resource),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });
    const preview = await stack.preview();
    expect(preview.code).not.toBe(0);
    expect(preview.stdout + preview.stderr).toContain(reason);
    expect(preview.stdout + preview.stderr).not.toContain("PLANTED");
    expect(writes(simulator)).toEqual([]);
    expect(simulator.journal()).toEqual([]);
  });
});
