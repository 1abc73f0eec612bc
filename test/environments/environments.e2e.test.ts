import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { differences, inAnyOrder, pictureOf } from "../helpers/picture";
import { pulumiProjects } from "../helpers/pulumi";
import { ns1Entry, writes } from "../helpers/server-files";

jest.setTimeout(300_000);
const newProject = pulumiProjects();

const started: Simulator[] = [];
const start = async (servers: Parameters<typeof startSimulator>[0]["servers"]): Promise<Simulator> => {
  const simulator = await startSimulator({ servers });
  started.push(simulator);
  return simulator;
};
afterEach(() => Promise.all(started.splice(0).map((simulator) => simulator.stop())));

describe("one program with two stacks that have their own servers", () => {
  // Staging joins the nameserver with the smallest address last.
  const program = clusterProgram(`(() => {
    const settings = new pulumi.Config("cluster");
    const nameservers = pick((server) => isNameserver(server) && server.address !== settings.get("without"));
    const cluster = whm.directLinks({ webServers: pick((server) => !isNameserver(server)), nameservers });
    return { ...cluster, links: cluster.links.map((link) => ({ ...link, role: settings.get("role") ?? link.role })) };
  })()`);
  const ofEach = {
    web1: { type: "cpanel" },
    ns1: { type: "dnsonly" },
    ns2: { type: "cpanel", nameserver: true },
  } as const;
  const secretsFor = ({ servers }: Simulator) => ({ secrets: { "whm:servers": JSON.stringify(servers) } });

  test("[E] destroying one stack and creating it again gives the same files and does not affect the other stack", async () => {
    const [ofStaging, ofProduction] = await Promise.all([start(ofEach), start(ofEach)]);
    const withoutNs1 = { "cluster:without": "192.0.2.11" };
    const staging = await newProject({
      program,
      stack: "staging",
      config: withoutNs1,
      ...secretsFor(ofStaging),
    });
    const empty = pictureOf(ofStaging);
    const production = await staging.newStack("production", secretsFor(ofProduction));
    const both = await Promise.all([staging.up("--skip-preview"), production.up("--skip-preview")]);
    expect(both).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect(differences(pictureOf(ofProduction), pictureOf(ofStaging))).not.toEqual([]);

    const untouched = ofProduction.files("web1").snapshot();
    ofProduction.clearJournal();
    await staging.setConfig("cluster:role", "write-only");
    await staging.setConfig("cluster:without", "nothing");
    expect(await staging.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(ofStaging.files("web1").read(ns1Entry.role)).toBe("write-only");
    expect(ofStaging.files("web1").read("/etc/ips.remotedns")).toBe("192.0.2.12\n192.0.2.11\n");
    const changed = inAnyOrder(pictureOf(ofStaging));
    const token = ofStaging.files("web1").read(ns1Entry.file);

    expect(await staging.destroy("--skip-preview")).toMatchObject({ code: 0 });
    expect(differences(empty, pictureOf(ofStaging))).toEqual([]);
    expect(await staging.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(differences(changed, inAnyOrder(pictureOf(ofStaging)))).toEqual([]);
    expect(ofStaging.files("web1").read(ns1Entry.flag)).toBe("");
    expect(ofStaging.files("web1").read(ns1Entry.file)).not.toBe(token);

    expect(ofProduction.journal()).toEqual([]);
    expect(ofProduction.files("web1").snapshot()).toEqual(untouched);
    expect(await production.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(writes(ofProduction)).toEqual([]);
  });
});
