import { mkdirSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { managedTestbed } from "../../helpers/managed-testbed";
import { memberFile } from "../../helpers/server-files";

const managed = managedTestbed();
const key = () => managed.memberInputs()["peerAddress"] as string;
const list = () => managed.place("/etc/ips.remotedns");
const cluster = "/var/cpanel/cluster/root";

interface Report {
  reads: number;
  wrong: string[];
}

/** Runs work while somebody reads the files without a pause. */
async function whileReading(lines: string, work: () => Promise<void>): Promise<Report> {
  const stop = new SharedArrayBuffer(4);
  const member = managed.place(memberFile(key()));
  const workerData = { member, role: `${member}-dnsrole`, list: list(), lines, stop };
  const reader = new Worker(join(__dirname, "programs/reader.mjs"), { workerData });
  const report = new Promise<Report>((resolve, reject) => reader.on("message", resolve).on("error", reject));
  try {
    await work();
  } finally {
    Atomics.store(new Int32Array(stop), 0, 1);
  }
  return report;
}

describe("a program that reads during changes", () => {
  test("[I] never sees an incomplete or missing file during 200 updates", async () => {
    const lines = `${Array.from({ length: 2000 }, (_, index) => `# comment ${index}`).join("\n")}\n`;
    writeFileSync(list(), lines);
    let made = await managed.makeMember();
    const update = async (more: Parameters<typeof managed.memberInputs>[0]) => {
      const next = managed.memberInputs(more);
      made = { ...made, ...(await managed.provider.update("DnsClusterMember", made, next)) };
    };
    const { reads, wrong } = await whileReading(lines, async () => {
      for (let round = 0; round < 40; round += 1) {
        const line = managed.trust(`192.0.2.${100 + round}`);
        await update({ role: "standalone", peerHostname: `a${round}.example.com` });
        await update({ role: "standalone", peerHostname: "a-much-longer-name.example.com" });
        await update({ role: "write-only" });
        await managed.provider.delete(await line);
      }
    });
    expect(wrong).toEqual([]);
    expect(reads).toBeGreaterThan(1000);
  }, 120_000);
});

/** Names that appear in a directory, however shortly. */
function watchNames(directory: string): { names: () => Promise<string[]>; close: () => void } {
  const seen = new Set<string>();
  const watcher = watch(directory, (_event, name) => void seen.add(name ?? ""));
  const names = async () => {
    await pause(100); // What the kernel has noted is on its way.
    return [...seen].sort();
  };
  return { names, close: () => watcher.close() };
}

describe("temporary files", () => {
  test("[I] are never created where WHM looks for members, and each have a name of their own", async () => {
    mkdirSync(managed.place(`${cluster}/config`), { recursive: true, mode: 0o700 });
    const [inside, beside] = [`${cluster}/config`, cluster].map((path) => watchNames(managed.place(path)));
    const made = await managed.makeMember();
    const next = managed.memberInputs({ role: "write-only", peerHostname: "other.example.com" });
    const changed = await managed.provider.update("DnsClusterMember", made, next);
    await managed.provider.delete(changed);
    expect(await inside!.names()).toEqual([key(), `${key()}-dnsrole`]);
    const temporary = (await beside!.names()).filter((name) => name !== "config");
    expect(temporary.length).toBe(5);
    for (const name of temporary) expect(name).toMatch(/^\.pulumi-whm\.[0-9a-f]{16}-\d+\.[0-9a-f]{16}\.new$/);
    for (const watcher of [inside!, beside!]) watcher.close();
  });
});
