import { startSimulator, type Simulator } from "../../provider/simulator";
import type { FaultName, FaultOptions } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { pulumiProjects, type StateResource } from "../helpers/pulumi";
import { allFiles, memberFile, writes } from "../helpers/server-files";

const newProject = pulumiProjects();
jest.setTimeout(300_000);

/** One web server and two nameservers: the members lie on web1, a token on each nameserver. */
const servers = { web1: { type: "cpanel" }, ns1: { type: "dnsonly" }, ns2: { type: "dnsonly" } } as const;

/** What lies on the nameserver that cannot be asked. */
const isOnNs1 = ({ id = "" }: { id?: string }) => id.startsWith("ns1/");

/** What the package itself keeps in the state. */
const ownData = ({ urn, id, inputs, outputs }: StateResource) => ({ urn, id, inputs, outputs });

describe("a server that cannot be asked, with the real engine", () => {
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
        { ...server, connection: { ...server.connection!, dialErrorLimit: 1, perDialTimeout: 2 } },
      ]),
    );

  test.each<[string, FaultName, FaultOptions, RegExp]>([
    ["refuses connections", "refuse", { door: "api" }, /on ns1: .*ECONNREFUSED.*\[unreachable\]\. [A-Z]/],
    [
      "refuses the credential",
      "legacy-403",
      { door: "api" },
      /on ns1: .*HTTP 403.*\[refused-credential\]\. [A-Z]/,
    ],
    ["accepts and says nothing", "silent", { door: "api" }, /on ns1: .*\[timed-out\]\. [A-Z]/],
  ])(
    "[E] which %s fails the refresh by name and keeps its resources; the others are refreshed",
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

  test.each([
    ["at once", []],
    ["after a refresh", ["refresh"]],
  ] as const)(
    "[E] which breaks off after a write: what is half made is saved and repaired %s",
    async (_name, between) => {
      const untouched = allFiles(simulator);
      const secrets = { "whm:servers": JSON.stringify(impatient()) };
      const stack = await newProject({ program: clusterProgram(), secrets });
      // The member file is in place; its role file, and every look at what was written, fail.
      let hasMember = false;
      const end = simulator.watch(({ operation, target }) => {
        if (hasMember) simulator.fault("web1", "reset", { door: "sftp" });
        hasMember ||= operation === "rename" && target === memberFile("192.0.2.11");
      });
      expect(await stack.up("--skip-preview")).not.toMatchObject({ code: 0 });
      end();
      simulator.clearFaults();
      expect(simulator.files("web1").read(memberFile("192.0.2.11"))).toBeDefined();
      expect((await stack.exportStack()).map(({ id }) => id)).toContain("web1/192.0.2.11");

      if (between.length > 0) expect(await stack.refresh()).toMatchObject({ code: 0 });
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      expect(simulator.members("web1").map(({ key, role }) => [key, role])).toEqual([
        ["192.0.2.11", "sync"],
        ["192.0.2.12", "sync"],
      ]);
      expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
      expect(await stack.destroy("--skip-preview")).toMatchObject({ code: 0 });
      expect(allFiles(simulator)).toEqual(untouched);
    },
  );
});
