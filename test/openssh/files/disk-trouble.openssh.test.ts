import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { processMark } from "../../../provider/servers/sftp/process-mark";
import { diskEntry } from "../../helpers/disk-entry";
import { cleanFailure, halfMade } from "../../helpers/failed-write";
import { managedTestbed } from "../../helpers/managed-testbed";
import { MountedDisk } from "../../helpers/mounted-disk";
import { memberFile } from "../../helpers/server-files";

const managed = managedTestbed();
const list = () => managed.place("/etc/ips.remotedns");
const cluster = () => managed.place("/var/cpanel/cluster");
const entry = () => managed.place(memberFile(managed.memberInputs()["peerAddress"] as string));
const role = () => `${entry()}-dnsrole`;
const everyName = () =>
  readdirSync(cluster(), { recursive: true, encoding: "utf8" }).filter((name) => name !== ".ballast");
const failure = (work: Promise<unknown>) =>
  work.then(
    () => "it succeeded",
    (error: Error) => error.message,
  );

/** Runs work with a disk of its own in place of a directory of web1. */
async function withDisk(place: string, size: string, work: (disk: MountedDisk) => Promise<void>) {
  const disk = MountedDisk.mount(place, size);
  try {
    await work(disk);
  } finally {
    disk.unmount();
  }
}

const wayOut = /free space.*read-only/;

describe("a full disk under the members", () => {
  beforeEach(() => mkdirSync(cluster(), { mode: 0o700 }));

  test("[I] makes a new member fail with the file and the server in the error, and leaves no part of it", async () => {
    await withDisk(cluster(), "64k", async (disk) => {
      mkdirSync(dirname(entry()), { recursive: true, mode: 0o700 });
      const before = everyName();
      disk.fill();
      const saved = await halfMade(managed.makeMember());
      expect(saved.message).toMatch(
        /Failed to write \/var\/cpanel\/cluster\/root\/config\/.* on web1: Failure/,
      );
      expect(saved.message).toMatch(wayOut);
      expect(everyName()).toEqual(before);
      disk.free();
      await managed.provider.update("DnsClusterMember", saved, managed.memberInputs());
      expect([diskEntry(role())?.text, everyName().length]).toEqual(["sync", before.length + 2]);
    });
  });

  test("[I] leaves the old files complete when a change does not fit", async () => {
    await withDisk(cluster(), "64k", async (disk) => {
      const made = await managed.makeMember();
      const before = [diskEntry(entry()), diskEntry(role()), everyName()];
      disk.fill();
      const next = managed.memberInputs({ role: "write-only", peerHostname: "other.example.com" });
      const { message } = await halfMade(managed.provider.update("DnsClusterMember", made, next));
      expect(message).toMatch(/Failed to write .* on web1: Failure .*\[file-error\]/);
      expect([diskEntry(entry()), diskEntry(role()), everyName()]).toEqual(before);
    });
  });

  test("[I] does not prevent the removal of a member", async () => {
    await withDisk(cluster(), "64k", async (disk) => {
      const made = await managed.makeMember();
      disk.fill();
      await managed.provider.delete(made);
      expect(everyName().filter((name) => !/^(root|root\/config)$/.test(name))).toEqual([]);
    });
  });
});

describe("a full disk under the trusted addresses", () => {
  // Two pages, of which the file's end leaves six bytes of the first: the line would begin there.
  const almostAPage = `${"# ".padEnd(4089, "x")}\n`;

  test("[I] lets a line be added completely or not at all, and the next line of another program is separate", async () => {
    await withDisk(managed.place("/etc"), "64k", async (disk) => {
      writeFileSync(list(), almostAPage);
      disk.fill();
      const saved = await halfMade(managed.trust("192.0.2.53"));
      expect(saved.message).toMatch(/Failed to append to \/etc\/ips\.remotedns on web1: Failure/);
      expect(saved.message).toMatch(wayOut);
      expect(diskEntry(list())?.text).toBe(almostAPage);
      disk.free();
      await managed.provider.update("TrustedRemoteIp", saved, { server: "web1", address: "192.0.2.53" });
      expect(diskEntry(list())?.text).toBe(`${almostAPage}192.0.2.53\n`);
    });
  });

  test("[I] makes a removal fail with the old list complete and no file beside it", async () => {
    await withDisk(managed.place("/etc"), "64k", async (disk) => {
      writeFileSync(list(), almostAPage);
      const made = await managed.trust("192.0.2.53");
      disk.fill();
      const message = await failure(managed.provider.delete(made));
      expect(message).toMatch(/Failed to write \/etc\/ips\.remotedns on web1: Failure .*\[file-error\]/);
      expect(diskEntry(list())?.text).toBe(`${almostAPage}192.0.2.53\n`);
      disk.free();
      expect(readdirSync(managed.place("/etc")).filter((name) => name.includes("pulumi"))).toEqual([]);
      await managed.provider.delete(made);
      expect(diskEntry(list())?.text).toBe(almostAPage);
    });
  });

  test("[I] makes the register refuse a line before it is written, and leaves no part of a claim", async () => {
    await withDisk(managed.place("/var/cpanel"), "256k", async (disk) => {
      const left = () => readdirSync(managed.place("/var/cpanel")).filter((name) => name.includes("pulumi"));
      disk.fill();
      expect(await cleanFailure(managed.trust("192.0.2.53"))).toMatch(
        /\/var\/cpanel\/\.pulumi-whm.* on web1: Failure .*\[file-error\]/,
      );
      expect([diskEntry(list()), left()]).toEqual([undefined, []]);
      disk.free();
      const made = await managed.trust("192.0.2.53");
      expect(diskEntry(list())?.text).toBe("192.0.2.53\n");
      await managed.provider.delete(made);
      expect([diskEntry(list()), left()]).toEqual([undefined, []]);
    });
  });
});

describe("a file system that is mounted read-only", () => {
  test("[I] makes every change of a member fail with file and server, and changes nothing", async () => {
    mkdirSync(cluster(), { mode: 0o700 });
    await withDisk(cluster(), "64k", async (disk) => {
      const made = await managed.makeMember();
      const before = [diskEntry(entry()), diskEntry(role()), everyName()];
      disk.makeReadOnly();
      const next = managed.memberInputs({ role: "write-only" });
      const messages = [
        await failure(managed.provider.update("DnsClusterMember", made, next)),
        await failure(managed.provider.delete(made)),
      ];
      for (const message of messages) {
        expect(message).toMatch(/Failed to .*\/var\/cpanel\/cluster\/root\/config\/.* on web1: Failure/);
        expect(message).toMatch(wayOut);
      }
      expect(await managed.provider.read(made)).toMatchObject({ id: made.id });
      expect([diskEntry(entry()), diskEntry(role()), everyName()]).toEqual(before);
      disk.makeWritable();
    });
  });

  test("[I] makes every change of a trusted address fail, and changes nothing", async () => {
    await withDisk(managed.place("/etc"), "64k", async (disk) => {
      const made = await managed.trust("192.0.2.53");
      disk.makeReadOnly();
      for (const work of [() => managed.trust("192.0.2.54"), () => managed.provider.delete(made)]) {
        expect(await failure(work())).toMatch(
          /Failed to .*\/etc\/ips\.remotedns on web1: Failure .*\[file-error\]/,
        );
      }
      expect(diskEntry(list())?.text).toBe("192.0.2.53\n");
      disk.makeWritable();
    });
  });
});

describe("a temporary file of an interrupted run", () => {
  const root = () => dirname(dirname(entry()));
  const leave = (directory: string, name: string, age: number) => {
    const time = new Date(Date.now() - age * 1000);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(`${directory}/${name}`, "pass=secret", { mode: 0o600 });
    utimesSync(`${directory}/${name}`, time, time);
  };
  const nameFor = (mark: string) => `.pulumi-whm.${mark}.${"0".repeat(16)}.new`;
  const old = nameFor(`${"0".repeat(16)}-42`);
  const young = nameFor(`${"1".repeat(16)}-42`);
  /** Of this machine, with a process number that no system gives. */
  const ended = nameFor(processMark.replace(/\d+$/, "99999999"));
  const foreign = [".0123456789abcdef.new", "notes.new", ".pulumi-whm.note"];
  const leaveAll = (directory: string) => {
    for (const name of [old, ...foreign]) leave(directory, name, 3600);
    for (const name of [young, ended]) leave(directory, name, 30);
  };
  const hidden = (directory: string) => readdirSync(directory).filter((name) => /\.new$|note/.test(name));

  test.each(["create", "delete"])(
    "[I] is removed beside the members by the next %s, unless its process may be alive or it is not ours",
    async (step) => {
      const made = step === "delete" && (await managed.makeMember());
      leaveAll(root());
      await (made ? managed.provider.delete(made) : managed.makeMember());
      expect(hidden(root()).sort()).toEqual([young, ...foreign].sort());
    },
  );

  test("[I] is removed beside the trusted addresses by the next removal", async () => {
    const made = await managed.trust("192.0.2.53");
    const etc = managed.place("/etc");
    leaveAll(etc);
    await managed.provider.delete(made);
    expect(hidden(etc).sort()).toEqual([young, ...foreign].sort());
    for (const name of hidden(etc)) rmSync(`${etc}/${name}`);
  });
});
