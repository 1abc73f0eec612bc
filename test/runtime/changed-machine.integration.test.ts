import { startSimulator, type Simulator } from "../../provider/simulator";
import { cleanFailure } from "../helpers/failed-write";
import { providerProcesses, type CreatedResource } from "../helpers/provider-process";
import { memberInputs, tokenInputs } from "../helpers/resource-inputs";
import { allFiles, writes } from "../helpers/server-files";

/** What becomes of the machine behind web1 between two runs, and how it is refused. */
const changes: [title: string, change: (simulator: Simulator) => void, words: RegExp][] = [
  ["shows another tree, as in a chroot", (simulator) => remove(simulator, "/"), /not-whm/],
  ["has an empty /var/cpanel", (simulator) => remove(simulator, "/var/cpanel"), /not-whm/],
  [
    "was restored from another server's backup",
    (simulator) => {
      const backup = simulator.files("spare").snapshot();
      remove(simulator, "/");
      for (const [path, text] of Object.entries(backup)) simulator.files("web1").write(path, text, 0o600);
    },
    /another-server/,
  ],
  [
    "has another host name",
    (simulator) => simulator.files("web1").write("/etc/hostname", "copy-of-web1.example.com\n"),
    /holds copy-of-web1\.example\.com, but the register says web1\.example\.com .*another-server/,
  ],
];

function remove(simulator: Simulator, folder: string): void {
  const files = simulator.files("web1");
  for (const path of Object.keys(files.snapshot(folder))) files.remove(path);
  if (folder === "/") return;
  for (const name of ["cluster", "authn", "clusterqueue", ".pulumi-whm"]) files.remove(`${folder}/${name}`);
}

describe("a machine that has changed since the last run", () => {
  let simulator: Simulator;
  let made: CreatedResource[];
  const start = providerProcesses();
  beforeEach(async () => {
    simulator = await startSimulator({
      servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" }, spare: { type: "cpanel" } },
    });
    const provider = await start(simulator.servers);
    const token = await provider.create("ApiToken", tokenInputs());
    const secret = token.properties["token"] as string;
    const line = { server: "web1", address: "192.0.2.11", logicalName: "organization/project/stack/line" };
    made = [
      await provider.create("DnsClusterMember", memberInputs(secret)),
      await provider.create("TrustedRemoteIp", line),
    ];
  });
  afterEach(() => simulator.stop());

  test.each(changes)("[I] is neither read nor written to if it %s", async (_title, change, words) => {
    change(simulator);
    const before = allFiles(simulator);
    simulator.clearJournal();
    const later = await start(simulator.servers);
    for (const resource of made) {
      expect(await cleanFailure(later.read(resource))).toMatch(words);
      expect(await cleanFailure(later.delete(resource))).toMatch(words);
    }
    const more = { server: "web1", address: "192.0.2.53", logicalName: "organization/project/stack/more" };
    expect(await cleanFailure(later.create("TrustedRemoteIp", more))).toMatch(words);
    expect(writes(simulator)).toEqual([]);
    expect(allFiles(simulator)).toEqual(before);
  });
});
