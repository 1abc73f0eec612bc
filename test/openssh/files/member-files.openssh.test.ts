import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { diskEntry } from "../../helpers/disk-entry";
import { cleanFailure } from "../../helpers/failed-write";
import { managedTestbed } from "../../helpers/managed-testbed";
import { memberFile } from "../../helpers/server-files";

const managed = managedTestbed();
const config = () => managed.place("/var/cpanel/cluster/root/config");
const inputs = () => managed.memberInputs();
const entry = () => managed.place(memberFile(inputs()["peerAddress"] as string));
const role = () => `${entry()}-dnsrole`;
const names = () => readdirSync(config()).sort();

function write(place: string, text: string, mode = 0o600): void {
  mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
  writeFileSync(place, text, "latin1");
  chmodSync(place, mode);
}

/** A member file that says what is wanted, with more around it. */
function textWith(lineFeed: string, more: string[] = [], last = lineFeed): string {
  const { token, peerHostname } = inputs() as Record<string, string>;
  const lines = [
    "#version 2.0",
    "user=root",
    `host=${peerHostname}`,
    `pass=${token}`,
    "module=cPanel",
    ...more,
  ];
  return lines.join(lineFeed) + last;
}

describe("a member's files on a real disk", () => {
  test("[I] belong to root alone, like their directories, whatever sshd's umask is", async () => {
    await managed.makeMember();
    const closed = { mode: 0o600, owner: "0:0" };
    expect(diskEntry(role())).toEqual({ ...closed, text: "sync" });
    expect(diskEntry(entry())).toEqual({
      ...closed,
      text: textWith("\n", ["debug=0"]),
    });
    const directories = ["cluster", "cluster/root", "cluster/root/config"];
    for (const name of directories)
      expect(diskEntry(managed.place(`/var/cpanel/${name}`))).toEqual({ mode: 0o700, owner: "0:0" });
    expect(names()).toHaveLength(2);
  });

  test("[I] are closed to others if a member created by hand was open to them", async () => {
    write(entry(), textWith("\n").replace("user=root", "user=other"), 0o644);
    chownSync(entry(), 12, 12);
    await managed.makeMember({ adopt: true });
    expect(diskEntry(entry())).toEqual({ mode: 0o600, owner: "0:0", text: textWith("\n") });
  });

  const many = Array.from({ length: 10_000 }, (_, index) => `option${index}=${"x".repeat(index % 50)}`);
  test.each([
    ["CRLF", "\r\n", ["debug=1"], "\r\n"],
    ["no line feed at the end", "\n", ["debug=1", "# note"], ""],
    ["keys and bytes that nobody knows", "\n", ["x-key = \xff\xfe=a=b", "", "  ", "debug=on"], "\n"],
    ["10,000 lines", "\n", many, "\n"],
  ])("[I] keep %s byte for byte while token, user and role change", async (_name, lineFeed, more, last) => {
    const text = textWith(lineFeed, more, last);
    write(entry(), text);
    write(role(), "sync");
    const made = await managed.makeMember();
    expect(diskEntry(entry())?.text).toBe(text);
    const next = managed.memberInputs({ role: "write-only", peerHostname: "other.example.com" });
    await managed.provider.update("DnsClusterMember", made, next);
    const changed = text.replace(`host=${inputs()["peerHostname"] as string}`, "host=other.example.com");
    expect(diskEntry(entry())?.text).toBe(changed);
    expect(diskEntry(role())?.text).toBe("write-only");
  });

  test.each(["synchronize", "sync ", "sync\r\n", "sync\n\n", "", "SYNC"])(
    "[I] are reported as drift and repaired if the role file holds %j, which WHM cannot read",
    async (text) => {
      const made = await managed.makeMember();
      writeFileSync(role(), text);
      const drifted = await managed.provider.read(made);
      expect(drifted).toMatchObject({
        properties: { role: `missing: the role file holds ${JSON.stringify(text)}` },
      });
      await managed.provider.update("DnsClusterMember", { ...drifted!, id: made.id }, inputs());
      expect(diskEntry(role())).toEqual({ text: "sync", mode: 0o600, owner: "0:0" });
    },
  );

  test.each(["synchronize", "sync "])(
    "[I] are refused, or adopted on request, if they were created by hand with the role file %j",
    async (text) => {
      write(entry(), textWith("\n"));
      write(role(), text);
      expect(await cleanFailure(managed.makeMember())).toMatch(
        /on web1: there is an entry for .*without a role that WHM can read.*\[exists-already\].*adopt: true/,
      );
      expect(diskEntry(role())?.text).toBe(text);
      await managed.makeMember({ adopt: true });
      expect(diskEntry(role())?.text).toBe("sync");
    },
  );

  test("[I] stay as they are if the role ends with one line feed, which WHM accepts", async () => {
    write(entry(), textWith("\n"));
    write(role(), "sync\n");
    await managed.makeMember();
    expect(diskEntry(role())?.text).toBe("sync\n");
  });
});

describe("foreign files among the members", () => {
  const foreign: Record<string, string> = {
    softlayer: "#version 2.0\r\nuser=x\r\napikey=k=\r\nmodule=SoftLayer",
    "softlayer-dnsrole": "write-only\n",
    "whmcs-dns-bridge": "user\nhost\nold form",
    "whmcs-dns-bridge-dnsrole": "synchronize",
    "203.0.113.9-dnsrole": "sync",
    "203.0.113.9.cache": "{}",
    ".note": "mine",
  };
  const present = () =>
    Object.fromEntries(
      Object.keys(foreign).map((name) => {
        const { text, mode, owner } = diskEntry(`${config()}/${name}`) ?? {};
        return [name, { text, mode, owner }];
      }),
    );

  test("[I] are left as they are: members of other modules, role files without a member, stray files", async () => {
    writeFileSync(managed.place("/var/cpanel/useclusteringdns"), "");
    for (const [name, text] of Object.entries(foreign)) write(`${config()}/${name}`, text, 0o640);
    const before = present();
    const made = await managed.makeMember();
    const next = managed.memberInputs({ role: "standalone" });
    const changed = await managed.provider.update("DnsClusterMember", made, next);
    expect(await managed.provider.read(changed)).toMatchObject({ id: made.id });
    await managed.provider.delete(changed);
    expect(present()).toEqual(before);
    expect(names()).toEqual(Object.keys(foreign).sort());
  });

  test("[I] are refused, or adopted on request, if they are a role file under our key without a member file", async () => {
    write(role(), "write-only");
    expect(await cleanFailure(managed.makeMember())).toMatch(
      /a role file without a member file.*\[exists-already\]/,
    );
    expect(names()).toHaveLength(1);
    await managed.makeMember({ adopt: true });
    expect([diskEntry(role())?.text, names().length]).toEqual(["sync", 2]);
  });

  test("[I] are refused, or adopted with their own keys, if they are an entry of another module under our key", async () => {
    write(entry(), "#version 2.0\nuser=a\napikey=k\nmodule=imh\n");
    write(role(), "sync");
    expect(await cleanFailure(managed.makeMember())).toMatch(/\[exists-already\]/);
    await managed.makeMember({ adopt: true });
    const { token, peerHostname } = inputs() as Record<string, string>;
    expect(diskEntry(entry())?.text).toBe(
      `#version 2.0\nuser=root\napikey=k\nmodule=cPanel\nhost=${peerHostname}\npass=${token}\n`,
    );
  });
});

describe("a symbolic link in place of a member's file", () => {
  const elsewhere = () => managed.place("/srv/members");
  const lead = (place: string, name: string, text: string) => {
    write(`${elsewhere()}/${name}`, text);
    mkdirSync(config(), { recursive: true });
    symlinkSync(`/srv/members/${name}`, place);
  };
  beforeEach(() => rmSync(elsewhere(), { recursive: true, force: true }));

  test("[I] is followed to read and replaced by a file when it changes, while its target stays", async () => {
    const theirs = textWith("\n").replace("user=root", "user=other");
    lead(entry(), "m", theirs);
    lead(role(), "r", "write-only");
    await managed.makeMember({ adopt: true });
    expect(diskEntry(entry())).toEqual({ text: textWith("\n"), mode: 0o600, owner: "0:0" });
    expect(diskEntry(role())).toEqual({ text: "sync", mode: 0o600, owner: "0:0" });
    expect(readFileSync(`${elsewhere()}/m`, "utf8")).toBe(theirs);
    expect(readFileSync(`${elsewhere()}/r`, "utf8")).toBe("write-only");
  });

  test("[I] is removed with the member, while its target stays", async () => {
    const made = await managed.makeMember();
    for (const place of [entry(), role()]) rmSync(place);
    lead(entry(), "m", textWith("\n"));
    lead(role(), "r", "sync");
    await managed.provider.delete(made);
    expect(names()).toEqual([]);
    expect(readdirSync(elsewhere()).map((name) => readFileSync(`${elsewhere()}/${name}`, "utf8"))).toEqual([
      textWith("\n"),
      "sync",
    ]);
  });

  test("[I] is followed in place of the directory", async () => {
    mkdirSync(`${elsewhere()}/config`, { recursive: true });
    mkdirSync(dirname(config()), { recursive: true });
    symlinkSync("/srv/members/config", config());
    const made = await managed.makeMember();
    expect(readdirSync(`${elsewhere()}/config`)).toHaveLength(2);
    await managed.provider.delete(made);
    expect(readdirSync(`${elsewhere()}/config`)).toEqual([]);
    expect(diskEntry(config())).toMatchObject({ link: "/srv/members/config" });
  });
});

describe("members in missing directories", () => {
  test("[I] are gone, and deleting them succeeds", async () => {
    const made = await managed.makeMember();
    rmSync(managed.place("/var/cpanel/cluster"), { recursive: true });
    expect(await managed.provider.read(made)).toBeUndefined();
    await managed.provider.delete(made);
  });

  test("[I] are written, and the directories are created", async () => {
    const made = await managed.makeMember();
    rmSync(config(), { recursive: true });
    await managed.provider.update("DnsClusterMember", made, inputs());
    expect(names()).toHaveLength(2);
  });

  test("[I] fail with an error that names a file in place of a directory", async () => {
    write(dirname(config()), "a file");
    const error = await managed.makeMember().catch((reason: Error) => reason.message);
    expect(error).toMatch(/Failed to .*\/var\/cpanel\/cluster\/root.* on web1: .*\[file-error\]/);
    expect(diskEntry(dirname(config()))?.text).toBe("a file");
  });
});
