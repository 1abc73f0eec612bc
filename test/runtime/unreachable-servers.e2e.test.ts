import { startSimulator, type Simulator } from "../../provider/simulator";
import type { Door, FaultName, FaultOptions, JournalEntry } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { pulumiProjects, type StateResource } from "../helpers/pulumi";
import { allFiles, memberFile, writes } from "../helpers/server-files";
import { storedTokens, tokenOpenedBy } from "../helpers/stored-tokens";
import { sampleOf } from "../helpers/sample";

const newProject = pulumiProjects();
jest.setTimeout(300_000);

/** One web server and two nameservers: the members lie on web1, a token on each nameserver. */
const servers = { web1: { type: "cpanel" }, ns1: { type: "dnsonly" }, ns2: { type: "dnsonly" } } as const;

/** What lies on the nameserver that cannot be asked. */
const isOnNs1 = ({ id = "" }: { id?: string }) => id.startsWith("ns1/");

/** What the package itself keeps in the state. */
const ownData = ({ urn, id, inputs, outputs }: StateResource) => ({ urn, id, inputs, outputs });

describe("a server that cannot be reached, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers });
  });
  afterEach(() => simulator.stop());

  /** A server that stays away is given up at the first try: a test has no time for ten. */
  const impatient = () =>
    Object.fromEntries(
      Object.entries(simulator.servers).map(([name, server]) => [
        name,
        { ...server, connection: { ...server.connection!, dialErrorLimit: 1 } },
      ]),
    );

  test.each(
    sampleOf<[string, FaultName, FaultOptions, RegExp]>(
      [
        ["refuses connections", "refuse", { door: "api" }, /on ns1: .*ECONNREFUSED.*\[unreachable\]\. [A-Z]/],
        [
          "refuses the credential",
          "legacy-403",
          { door: "api" },
          /on ns1: .*HTTP 403.*\[refused-credential\]\. [A-Z]/,
        ],
        ["accepts and says nothing", "silent", { door: "api" }, /on ns1: .*\[timed-out\]\. [A-Z]/],
      ],
      1,
    ),
  )(
    "[E] fails the refresh by name and keeps its resources while the others are refreshed if it %s",
    async (_name, fault, how, said) => {
      const secrets = { "whm:servers": JSON.stringify(impatient()) };
      const stack = await newProject({ program: clusterProgram(), secrets });
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      const before = await stack.exportStack("--show-secrets");

      simulator.fault("ns1", fault, how);
      simulator.files("web1").write(`${memberFile("192.0.2.12")}-dnsrole`, "standalone");
      simulator.clearJournal();
      const refresh = await stack.refresh("--skip-preview");
      expect(refresh.code).not.toBe(0);
      expect(refresh.stdout + refresh.stderr).toMatch(said);
      expect(writes(simulator)).toEqual([]);

      const after = await stack.exportStack("--show-secrets");
      expect(after.map(({ urn }) => urn).sort()).toEqual(before.map(({ urn }) => urn).sort());
      expect(after.filter(isOnNs1).map(ownData)).toEqual(before.filter(isOnNs1).map(ownData));
      expect(after.find(({ urn }) => urn.endsWith("::prod-web1-ns2"))?.outputs).toMatchObject({
        role: "standalone",
      });

      simulator.clearFaults();
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      expect(simulator.files("web1").read(`${memberFile("192.0.2.12")}-dnsrole`)).toBe("sync");
      expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    },
  );

  const refreshFirst = ["refresh"];
  const [entry, role] = [memberFile("192.0.2.11"), `${memberFile("192.0.2.11")}-dnsrole`];

  test.each(
    sampleOf<[string, string, string[]]>(
      [
        ["the member file: the member is saved and repaired at once", entry, []],
        ["the member file: the member is saved and repaired after a refresh", entry, refreshFirst],
        ["both files, before they are read back: the member is saved and kept as it is", role, []],
        ["both files, before they are read back: a refresh finds them", role, refreshFirst],
      ],
      1,
    ),
  )("[E] can fail after %s", async (_name, last, between) => {
    const untouched = allFiles(simulator);
    const secrets = { "whm:servers": JSON.stringify(impatient()) };
    const stack = await newProject({ program: clusterProgram(), secrets });
    breakAfter("web1", "sftp", ({ operation, target }) => operation === "rename" && target === last);
    expect(await stack.up("--skip-preview")).not.toMatchObject({ code: 0 });
    simulator.clearFaults();
    expect(simulator.files("web1").read(last)).toBeDefined();
    expect((await stack.exportStack()).map(({ id }) => id)).toContain("web1/192.0.2.11");

    if (between.length > 0) expect(await stack.refresh()).toMatchObject({ code: 0 });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(simulator.members("web1").map(({ key, role }) => [key, role])).toEqual([
      ["192.0.2.11", "sync"],
      ["192.0.2.12", "sync"],
    ]);
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await stack.destroy("--skip-preview")).toMatchObject({ code: 0 });
    expect(await stack.exportStack()).toEqual([]);
    expect(allFiles(simulator)).toEqual(untouched);
  });

  test.each(
    sampleOf<[string, string[]]>(
      [
        ["at once", []],
        ["after a refresh", refreshFirst],
      ],
      1,
    ),
  )("[E] leaves no unknown token if its reply about a new token is lost, %s", async (_, between) => {
    const untouched = allFiles(simulator);
    const secrets = { "whm:servers": JSON.stringify(impatient()) };
    const stack = await newProject({ program: clusterProgram(), secrets });
    simulator.fault("ns1", "reset-after", { door: "api", operation: "api_token_create" });
    breakAfter("ns1", "api", ({ operation }) => operation === "api_token_create");
    expect(await stack.up("--skip-preview")).not.toMatchObject({ code: 0 });
    simulator.clearFaults();
    expect(storedTokens(simulator, "ns1")).toHaveLength(1);
    expect((await stack.exportStack()).filter(isOnNs1)).toEqual([]);

    if (between.length > 0) expect(await stack.refresh()).toMatchObject({ code: 0 });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    const [token, ...others] = storedTokens(simulator, "ns1");
    expect(others).toEqual([]);
    const [, secret] = /^pass=(.*)$/m.exec(simulator.files("web1").read(entry)!)!;
    expect(tokenOpenedBy(simulator, "ns1", secret!)).toEqual(token);
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    expect(await stack.destroy("--skip-preview")).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(untouched);
  });

  /** Once a step is done on a server, everything that is asked at that door breaks off. */
  function breakAfter(server: string, door: Door, isStep: (entry: JournalEntry) => boolean): void {
    let hasCome = false;
    const end = simulator.watch((each) => {
      if (each.server !== server || each.door !== door) return;
      if (hasCome) {
        simulator.fault(server, "reset", { door });
        end();
      }
      hasCome ||= isStep(each);
    });
  }
});
