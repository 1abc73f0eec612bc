import { startSimulator, type Simulator } from "../../provider/simulator";
import { programStart } from "../helpers/cluster-program";
import { differences, pictureOf } from "../helpers/picture";
import { pulumiProjects, type Configuration } from "../helpers/pulumi";

jest.setTimeout(300_000);
const newProject = pulumiProjects();

/** A cluster with the servers and links of the stack's configuration. */
const program = `
${programStart}
const { Config } = require("@pulumi/pulumi/config");
const servers = configured;
const links = new Config("cluster").requireObject("links");
new whm.DnsCluster("prod", { servers, links });
`;

const link = (from: string, to: string) => ({ from, to, role: "sync" });

describe("two stacks on the same servers", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({
      servers: {
        web1: { type: "cpanel" },
        web2: { type: "cpanel" },
        ns1: { type: "dnsonly" },
        ns2: { type: "cpanel", nameserver: true },
      },
    });
  });
  afterEach(() => simulator.stop());

  const configured = (...links: { from: string; to: string }[]): Configuration => {
    const names = new Set(links.flatMap(({ from, to }) => [from, to]));
    const servers = Object.entries(simulator.servers).filter(([name]) => names.has(name));
    return {
      config: { "cluster:links": JSON.stringify(links) },
      secrets: { "whm:servers": JSON.stringify(Object.fromEntries(servers)) },
    };
  };

  test("[E] share a nameserver and a web server: destroying one stack leaves the other's entries byte for byte", async () => {
    const before = pictureOf(simulator);
    const ofLondon = configured(link("web1", "ns2"), link("web2", "ns1"), link("web2", "ns2"));
    const london = await newProject({ program, stack: "london", ...ofLondon });
    const paris = await london.newStack("paris", configured(link("web1", "ns1")));
    expect(await london.up("--skip-preview")).toMatchObject({ code: 0 });
    const alone = pictureOf(simulator);

    expect(await paris.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(differences(alone, pictureOf(simulator))).toEqual([
      expect.stringContaining("web1:/etc/ips.remotedns"),
      expect.stringContaining("web1:/var/cpanel/.pulumi-whm/line.192.0.2.12."),
      expect.stringContaining("web1:/var/cpanel/.pulumi-whm/links."),
      expect.stringContaining("web1:/var/cpanel/.pulumi-whm/member.192.0.2.12."),
      expect.stringContaining("web1:/var/cpanel/cluster/root/config/192.0.2.12"),
      expect.stringContaining("web1:/var/cpanel/cluster/root/config/192.0.2.12-dnsrole"),
      expect.stringContaining("ns1:"),
    ]);
    expect(await paris.destroy("--skip-preview")).toMatchObject({ code: 0 });
    expect(differences(alone, pictureOf(simulator))).toEqual([]);
    expect(await london.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });

    expect(await london.destroy("--skip-preview")).toMatchObject({ code: 0 });
    expect(differences(before, pictureOf(simulator))).toEqual([]);
  });
});
