import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cleanFailure } from "../../helpers/failed-write";
import { diskEntry } from "../../helpers/disk-entry";
import { managedTestbed } from "../../helpers/managed-testbed";

const managed = managedTestbed();
const list = () => managed.place("/etc/ips.remotedns");
const tenThousand = Array.from({ length: 10_000 }, (_, index) => `10.1.${index >> 8}.${index & 255}`);

describe("the list of trusted addresses on a real disk", () => {
  test("[I] is created readable for everybody, and removed with the last line", async () => {
    const made = await managed.trust("192.0.2.53");
    expect(diskEntry(list())).toEqual({ text: "192.0.2.53\n", mode: 0o644, owner: "0:0" });
    await managed.provider.delete(made);
    expect(readdirSync(managed.place("/etc"))).not.toContain("ips.remotedns");
  });

  test.each([
    ["CRLF", "10.0.0.1\r\n10.0.0.2\r\n", "10.0.0.1\r\n10.0.0.2\r\n192.0.2.53\n"],
    ["a last line without a line feed", "# ours\n10.0.0.1", "# ours\n10.0.0.1\n192.0.2.53"],
    ["bytes that are not text", "\xff\xfe\x00\n", "\xff\xfe\x00\n192.0.2.53\n"],
    ["10,000 lines", `${tenThousand.join("\n")}\n`, `${tenThousand.join("\n")}\n192.0.2.53\n`],
  ])("[I] keeps %s, its mode and its owner, when a line is added and removed", async (_name, text, after) => {
    writeFileSync(list(), text, "latin1");
    chmodSync(list(), 0o640);
    chownSync(list(), 0, 12);
    const before = diskEntry(list());
    const made = await managed.trust("192.0.2.53");
    expect(diskEntry(list())).toEqual({ ...before, text: after });
    expect(await managed.provider.read(made)).toMatchObject({ id: made.id });
    await managed.provider.delete(made);
    expect(diskEntry(list())).toEqual(before);
  });
});

describe("a symbolic link in place of the list of trusted addresses", () => {
  const target = () => managed.place("/srv/lists/trusted");
  beforeEach(() => {
    rmSync(managed.place("/srv"), { recursive: true, force: true });
    mkdirSync(managed.place("/srv/lists"), { recursive: true });
    symlinkSync("/srv/lists/trusted", list());
  });

  test("[I] stays, and its target is edited", async () => {
    writeFileSync(target(), "10.0.0.1\n", { mode: 0o600 });
    const made = await managed.trust("192.0.2.53");
    expect(diskEntry(target())).toMatchObject({ text: "10.0.0.1\n192.0.2.53\n", mode: 0o600 });
    await managed.provider.delete(made);
    expect(diskEntry(target())).toMatchObject({ text: "10.0.0.1\n", mode: 0o600 });
    expect(diskEntry(list())).toMatchObject({ link: "/srv/lists/trusted" });
    expect(readdirSync(managed.place("/srv/lists"))).toEqual(["trusted"]);
  });

  test("[I] gets a new target if it has none, and the target is removed with the last line", async () => {
    const made = await managed.trust("192.0.2.53");
    expect(diskEntry(target())).toMatchObject({ text: "192.0.2.53\n", mode: 0o644 });
    await managed.provider.delete(made);
    expect(readdirSync(managed.place("/srv/lists"))).toEqual([]);
    expect(diskEntry(list())).toMatchObject({ link: "/srv/lists/trusted" });
  });

  test("[I] fails with an error that names the file if its target's directory is missing", async () => {
    rmSync(managed.place("/srv/lists"), { recursive: true });
    const message = await cleanFailure(managed.trust("192.0.2.53"));
    expect(message).toMatch(/\/etc\/ips\.remotedns .*on web1: No such file.*\[file-error\]/);
  });

  test("[I] fails instead of being read as an empty list if it leads to itself", async () => {
    rmSync(list());
    symlinkSync("ips.remotedns", list());
    expect(await cleanFailure(managed.trust("192.0.2.53"))).toMatch(
      /ips\.remotedns.*on web1.*\[file-error\]/,
    );
    expect(diskEntry(list())).toMatchObject({ link: "ips.remotedns" });
  });
});
