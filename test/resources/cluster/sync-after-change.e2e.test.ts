import { startSimulator, type Simulator } from "../../../provider/simulator";
import { clusterProgram } from "../../helpers/cluster-program";
import { withUnpacked } from "../../helpers/unpacked";
import { pathWithCommandPlugin, pathWithoutCommandPlugin } from "../../helpers/command-plugin";
import { pulumiProjects, type PulumiProject } from "../../helpers/pulumi";
import { testWhere } from "../../helpers/where";

const newProject = pulumiProjects();
const PATH = pathWithCommandPlugin();
const withPlugin = testWhere(PATH !== undefined);
jest.setTimeout(240_000);

const zoneFile = "/var/named/example.com.db";
const zone = "@ IN SOA ns1. root. (\n 5 ; serial\n 1 1 1 1 )\n";

describe("syncAfterChange, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    const web = { type: "cpanel" } as const;
    const nameserver = { type: "dnsonly" } as const;
    simulator = await startSimulator({ servers: { web1: web, web2: web, ns1: nameserver, ns2: nameserver } });
  });
  afterEach(() => simulator.stop());

  /** The servers that were synchronised since the journal was cleared, and nothing else that came in as a command. */
  const synchronised = () =>
    simulator
      .journal()
      .filter(({ door, operation }) => door === "exec" && operation === "dnscluster")
      .map(({ server, target }) => `${server} ${target}`)
      .sort();

  /** Links of web2 to ns2 come later: they are the change. */
  const program = (links: string) =>
    clusterProgram(
      `{ links: direct.links.filter(${links}), syncAfterChange: true, rules: { "nameserver-coverage": { severity: "off", reason: "test" } } }`,
    );
  const withoutSecondNameserver = program("({ from, to }) => from === 'web1' || to === 'ns1'");

  async function stack(): Promise<PulumiProject> {
    return newProject({
      program: withoutSecondNameserver,
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
      environment: { PATH: PATH ?? "" },
    });
  }

  withPlugin("[E] sends existing zones once, after the links and only where links have changed", async () => {
    simulator.files("web1").write(zoneFile, zone);
    const project = await stack();

    const preview = await project.preview();
    expect(preview).toMatchObject({ code: 0 });
    expect(synchronised()).toEqual([]);

    const up = await project.up("--skip-preview");
    expect(up).toMatchObject({ code: 0 });
    expect(synchronised()).toEqual(["web1 syncall", "web2 syncall"]);
    expect(simulator.files("ns1").read(zoneFile)).toBe(zone);
    expect(simulator.files("ns2").read(zoneFile)).toBe(zone);
    const journal = simulator.journal();
    const last = (server: string, wanted: (entry: (typeof journal)[number]) => boolean) =>
      journal.findLastIndex((entry) => entry.server === server && wanted(entry));
    expect(last("web1", ({ operation }) => operation === "dnscluster")).toBeGreaterThan(
      last("web1", ({ door, write }) => door === "sftp" && write),
    );

    simulator.clearJournal();
    expect(await project.up("--skip-preview", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(synchronised()).toEqual([]);

    await project.write({ "index.js": program("() => true") });
    const changed = await project.preview("--diff");
    expect(changed.stdout).toMatch(/prod-web2-sync/);
    expect(changed.stdout).not.toMatch(/prod-web1-sync/);
    expect(await project.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(synchronised()).toEqual(["web2 syncall"]);

    simulator.clearJournal();
    const slower = Object.entries(simulator.servers).map(([name, server]) => [
      name,
      { ...server, connection: { ...server.connection, perDialTimeout: 20 } },
    ]);
    await project.setSecret("whm:servers", JSON.stringify(Object.fromEntries(slower)));
    expect(await project.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(synchronised()).toEqual([]);

    const state = withUnpacked(JSON.stringify(await project.exportStack()));
    const key = simulator.servers["web1"]?.connection?.privateKey?.split("\n")[1] ?? "no key";
    expect(key.length).toBeGreaterThan(20);
    expect(state).not.toContain(key);

    expect(await project.destroy("--skip-preview")).toMatchObject({ code: 0 });
    expect(synchronised()).toEqual([]);
    expect(simulator.files("ns1").read(zoneFile)).toBe(zone);
  });

  test("[E] creates nothing at all without the plugin of @pulumi/command", async () => {
    const project = await newProject({
      program: program("() => true"),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
      environment: { PATH: pathWithoutCommandPlugin() },
    });
    const up = await project.up("--skip-preview");
    expect(up.code).not.toBe(0);
    expect(up.stdout + up.stderr).toMatch(/no resource plugin 'pulumi-resource-command'/);
    expect(simulator.journal().filter(({ write }) => write)).toEqual([]);
  });

  withPlugin("[E] synchronises nothing for a rejected cluster", async () => {
    const back = "{ from: 'ns1', to: 'web1', role: 'sync' }";
    const project = await newProject({
      program: clusterProgram(`{ links: [...direct.links, ${back}], syncAfterChange: true }`),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
      environment: { PATH: PATH ?? "" },
    });
    const up = await project.up("--skip-preview");
    expect(up.code).not.toBe(0);
    expect(up.stdout + up.stderr).toContain("[sync-back]");
    expect(simulator.journal()).toEqual([]);
  });
});
