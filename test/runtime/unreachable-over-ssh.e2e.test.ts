import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServersInput } from "../../provider/schema/server";
import { startSimulator, type Simulator } from "../../provider/simulator";
import { makeKeyPair } from "../../provider/simulator/credentials";
import { clusterProgram } from "../helpers/cluster-program";
import { pulumiProjects, type StateResource } from "../helpers/pulumi";
import type { CommandResult } from "../helpers/run-command";
import { memberFile, writes } from "../helpers/server-files";
import { sampleOf } from "../helpers/sample";

const newProject = pulumiProjects();
jest.setTimeout(300_000);

/** On each web server lie a member and a trusted address, which are read over SSH. */
const servers = { web1: { type: "cpanel" }, web2: { type: "cpanel" }, ns1: { type: "dnsonly" } } as const;
const roleOnWeb2 = `${memberFile("192.0.2.12")}-dnsrole`;

const isOnWeb1 = ({ id = "" }: { id?: string }) => id.startsWith("web1/");

/** What the package itself keeps in the state. */
const ownData = ({ urn, id, inputs, outputs }: StateResource) => ({ urn, id, inputs, outputs });

describe("a server that cannot be reached over SSH, with the real engine", () => {
  let simulator: Simulator;
  let folder: string;
  let keyFile: string;
  beforeEach(async () => {
    simulator = await startSimulator({ servers });
    folder = await mkdtemp(join(tmpdir(), "pulumi-whm-key-"));
    keyFile = join(folder, "key");
    await writeFile(keyFile, key());
  });
  afterEach(async () => {
    await simulator.stop();
    await rm(folder, { recursive: true });
  });

  const key = (): string => simulator.servers["web1"]!.connection!.privateKey!;

  /** web1 is given up at the second try, and when it has said nothing for two seconds; its key is in a file. */
  function settings(): ServersInput {
    const { web1, ...others } = simulator.servers;
    const { privateKey: _key, ...connection } = web1!.connection!;
    const own = { privateKeyFile: keyFile, dialErrorLimit: 2, perDialTimeout: 2 };
    return { ...others, web1: { ...web1!, connection: { ...connection, ...own } } };
  }

  test.each(
    sampleOf<[string, () => void | Promise<void>, RegExp, number]>(
      [
        [
          "refuses connections",
          () => simulator.fault("web1", "refuse", { door: "ssh" }),
          /: connect ECONNREFUSED 127\.0\.0\.1:\d+ \(tried 2 times\) \[unreachable\]\. Check its address and port/,
          0,
        ],
        [
          "does not accept the key",
          () => writeFile(keyFile, makeKeyPair().privateKey),
          /: the server refused root \(offered: publickey \(connection\.privateKeyFile .*\[refused-credential\]\. .*--run-program/,
          1,
        ],
        [
          "accepts and says nothing",
          () => simulator.fault("web1", "silent", { door: "ssh" }),
          /: no log-in within 2 seconds \(tried 2 times\) \[timed-out\]\. Check the address.*perDialTimeout/,
          2,
        ],
      ],
      2,
    ),
  )(
    "[E] fails the refresh by name and keeps its resources while the others are refreshed if it %s",
    async (_name, breakIt, said, tries) => {
      const secrets = { "whm:servers": JSON.stringify(settings()) };
      const stack = await newProject({ program: clusterProgram(), secrets });
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      const before = await stack.exportStack("--show-secrets");

      await breakIt();
      simulator.files("web2").write(roleOnWeb2, "standalone");
      simulator.clearJournal();
      const refresh = await stack.refresh("--skip-preview");
      expect(refresh.code).not.toBe(0);
      expect(reasons(refresh)).toEqual([expect.stringMatching(said)]);
      expect(dialsOf("web1")).toHaveLength(tries);
      expect(writes(simulator)).toEqual([]);

      const after = await stack.exportStack("--show-secrets");
      expect(after.map(({ urn }) => urn).sort()).toEqual(before.map(({ urn }) => urn).sort());
      expect(before.filter(isOnWeb1)).toHaveLength(2);
      expect(after.filter(isOnWeb1).map(ownData)).toEqual(before.filter(isOnWeb1).map(ownData));
      expect(after.find(({ urn }) => urn.endsWith("::prod-web2-ns1"))?.outputs).toMatchObject({
        role: "standalone",
      });

      simulator.clearFaults();
      await writeFile(keyFile, key());
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      expect(simulator.files("web2").read(roleOnWeb2)).toBe("sync");
      expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    },
  );

  function dialsOf(name: string): unknown[] {
    return simulator
      .journal()
      .filter(({ server, door, operation }) => server === name && door === "ssh" && operation === "connect");
  }
});

/** Every different sentence that says why something on web1 failed; the engine puts a colon behind some of them. */
function reasons({ stdout, stderr }: CommandResult): string[] {
  const sentences =
    (stdout + stderr).match(/Failed to open an SSH connection to .* on web1: .*[^:\s]/g) ?? [];
  return [...new Set(sentences)];
}
