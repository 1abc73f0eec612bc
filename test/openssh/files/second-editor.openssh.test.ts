import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { managedTestbed } from "../../helpers/managed-testbed";
import { ProviderProcess, type CreatedResource } from "../../helpers/provider-process";
import { editorRenaming, shellAppending } from "./strangers";

const managed = managedTestbed();
const list = () => managed.place("/etc/ips.remotedns");
const lines = () => readFileSync(list(), "latin1").split("\n");
const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}.${index + 1}`);

/** Adds and removes addresses one after the other; every second one stays. */
async function addAndRemove(provider: ProviderProcess, addresses: string[]): Promise<CreatedResource[]> {
  const kept: CreatedResource[] = [];
  for (const [index, address] of addresses.entries()) {
    const made = await provider.create("TrustedRemoteIp", { server: "web1", address });
    if (index % 2 === 1) await provider.delete(made);
    else kept.push(made);
  }
  return kept;
}

/** A run with a refresh makes anew what is not there. */
async function refreshed(made: CreatedResource): Promise<CreatedResource> {
  return (await managed.provider.read(made)) ?? managed.provider.create("TrustedRemoteIp", made.properties);
}

const staying = (addresses: string[]) => addresses.filter((_, index) => index % 2 === 0);

describe("concurrent editors of the trusted addresses", () => {
  test("[I] lose no line when four programs append during two of our runs", async () => {
    writeFileSync(list(), "# first\n");
    const theirs = ["10.1.1", "10.1.2", "10.1.3", "10.1.4"].map((prefix) => numbered(prefix, 250));
    const ours = ["192.0.2", "198.51.100"].map((prefix) => numbered(prefix, 30));
    const other = await ProviderProcess.start({ "whm:servers": JSON.stringify(managed.testbed.servers) });
    try {
      await Promise.all([
        ...theirs.map((each) => shellAppending(list(), each, 0.01)),
        addAndRemove(managed.provider, ours[0]!),
        addAndRemove(other, ours[1]!),
      ]);
    } finally {
      await other.stop();
    }
    const expected = ["# first", "", ...theirs.flat(), ...ours.flatMap(staying)];
    expect(lines().sort()).toEqual(expected.sort());
    expect(readdirSync(managed.place("/etc")).sort()).toEqual(["hostname", "ips.remotedns", "machine-id"]);
  }, 60_000);

  // Over SFTP nobody can replace a file on condition that it is still the same: whoever puts another one in place in the
  // instant between two requests that are sent in one go, or reads before a change and renames after it, wins or loses.
  test("[I] lose hardly a line when one replaces the file fifty times a second, and the next run restores ours", async () => {
    writeFileSync(list(), "# first\n");
    const [theirs, ours] = [numbered("10.1.1", 250), numbered("192.0.2", 40)];
    const [kept] = await Promise.all([
      addAndRemove(managed.provider, ours),
      editorRenaming(list(), theirs, 20),
    ]);
    const expected = new Set(["# first", "", ...theirs, ...staying(ours)]);
    const found = lines();
    expect(new Set(found).size).toBe(found.length);
    const [lost, revived] = [
      [...expected].filter((line) => !found.includes(line)),
      found.filter((line) => !expected.has(line)),
    ];
    expect([...lost, ...revived].length).toBeLessThanOrEqual(4);
    const again = await Promise.all(kept.map(refreshed));
    expect(staying(ours).filter((line) => !lines().includes(line))).toEqual([]);
    for (const made of again) await managed.provider.delete(made);
    expect(lines().filter((line) => staying(ours).includes(line))).toEqual([]);
    expect(readdirSync(managed.place("/var/cpanel"))).not.toContain(".pulumi-whm");
  }, 60_000);
});
