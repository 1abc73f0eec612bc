import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import { sampleOf } from "../helpers/sample";
import { allFiles, writesButSigns } from "../helpers/server-files";
import { putZone } from "../helpers/zones";

const newProject = pulumiProjects();
jest.setTimeout(600_000);

/** A change that takes a risk, as a program that follows the first one. */
interface RiskyChange {
  readonly risk: string;
  /** A warning is made an error by the program. */
  readonly isWarning?: true;
  readonly program: string;
  /** What stands on the servers beside the cluster. */
  readonly before?: (simulator: Simulator) => void;
  /** What only `up` can know: a preview asks no server. */
  readonly isSeenLive?: true;
}

const without = (name: string): string =>
  `links: direct.links.filter(({ from, to }) => ![from, to].includes("${name}"))`;

const changes: readonly RiskyChange[] = [
  { risk: "many-changes", program: `{ risks: { limits: { links: 4 } }, ${without("ns2")} }` },
  { risk: "web-server-without-nameserver", program: `{ ${without("web2")} }` },
  {
    risk: "last-holder-of-zone",
    program: `{ ${without("ns2")} }`,
    before: (simulator) => putZone(simulator, "ns2", "lonely.example"),
    isSeenLive: true,
  },
  {
    risk: "identity-changed",
    program:
      '{ servers: { ...direct.servers, ns2: { ...direct.servers.ns2, hostname: "other.example.com" } } }',
  },
  { risk: "sync-member-removed", isWarning: true, program: `{ ${without("ns2")} }` },
  { risk: "stronger-role", isWarning: true, program: "{}" },
];

/** The first program: for the risk of a stronger role, one in which ns2 gets nothing yet. */
const first = ({ risk }: RiskyChange): string =>
  risk === "stronger-role"
    ? '{ links: direct.links.map((link) => (link.to === "ns2" && link.from === "web2" ? { ...link, role: "standalone" } : link)) }'
    : "{}";
/** The change with its warning raised to an error. */
const raised = ({ risk, program }: RiskyChange): string =>
  `{ ...(${program}), risks: { ...(${program}).risks, severities: { "${risk}": "error" } } }`;

describe("each risk through preview, up, up --skip-preview and destroy, with the real engine", () => {
  let simulator: Simulator;
  let stack: PulumiProject;
  let fresh: ReturnType<typeof allFiles>;
  beforeAll(async () => {
    const web = { type: "cpanel" as const };
    const nameserver = { type: "dnsonly" as const };
    simulator = await startSimulator({ servers: { web1: web, web2: web, ns1: nameserver, ns2: nameserver } });
    fresh = allFiles(simulator);
  });
  afterAll(() => simulator.stop());

  /** Runs a command; it fails or succeeds as expected, names the risk, and says what was written. */
  async function runs(
    { risk }: RiskyChange,
    command: () => ReturnType<PulumiProject["up"]>,
    expected: { rejected: boolean; named: boolean },
  ): Promise<string[]> {
    simulator.clearJournal();
    const { code, stdout, stderr } = await command();
    const text = stdout + stderr;
    expect({
      rejected: code !== 0,
      named: text.includes(`[${risk}]`),
      text: expected.rejected === (code !== 0) || text,
    }).toEqual({
      ...expected,
      text: true,
    });
    return writesButSigns(simulator);
  }

  test.each(sampleOf(changes, 1))("[E] $risk", async (change) => {
    const { isWarning = false, isSeenLive = false } = change;
    stack = await newProject({
      program: clusterProgram(first(change)),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    change.before?.(simulator);

    // As an error, it stops each way before anything is written.
    await stack.write({ "index.js": clusterProgram(isWarning ? raised(change) : change.program) });
    const shown = { rejected: !isSeenLive, named: !isSeenLive };
    expect(await runs(change, () => stack.preview(), shown)).toEqual([]);
    expect(await runs(change, () => stack.up(), { rejected: true, named: true })).toEqual([]);
    expect(await runs(change, () => stack.up("--skip-preview"), { rejected: true, named: true })).toEqual([]);

    // As a warning, it is shown and passes.
    if (isWarning) {
      await stack.write({ "index.js": clusterProgram(change.program) });
      expect(await runs(change, () => stack.preview(), { rejected: false, named: true })).toEqual([]);
      expect(
        await runs(change, () => stack.up("--skip-preview"), { rejected: false, named: true }),
      ).not.toEqual([]);
    }

    // A destruction is the user's own word: it is not stopped, and judges nothing.
    await runs(change, () => stack.destroy("--skip-preview"), { rejected: false, named: false });
    if (change.before) simulator.files("ns2").remove("/var/named");
    expect(allFiles(simulator)).toEqual(fresh);
  });
});
