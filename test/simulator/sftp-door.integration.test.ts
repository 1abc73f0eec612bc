import type { Client, SFTPWrapper, Stats } from "ssh2";
import { including } from "./helpers/matchers";
import { simulate, stopSimulations, type Simulation } from "./helpers/simulation";
import { ask, askFor, login, openSftp } from "./helpers/ssh-client";

afterEach(stopSimulations);

interface Session extends Simulation {
  readonly client: Client;
  readonly sftp: SFTPWrapper;
}

async function session(): Promise<Session> {
  const simulation = await simulate({ servers: { web1: { type: "cpanel", password: "P4ss" } } });
  const client = await simulation.ssh("web1");
  return { ...simulation, client, sftp: await openSftp(client) };
}

const noSuchFile = { code: 2 };
const failure = { code: 4 };

describe("the SFTP server", () => {
  test("[I] refuses a wrong key, user or password, and accepts the right password", async () => {
    const { server } = await session();
    const web1 = server("web1");
    await expect(login(web1, { username: "admin" })).rejects.toThrow("authentication");
    await expect(login(web1, { password: "wrong" })).rejects.toThrow("authentication");
    const client = await login(web1, { password: "P4ss" });
    client.end();
  });

  test("[I] replaces a file in one step with a temporary file that is synced and renamed", async () => {
    const { sftp, sim } = await session();
    sim.files("web1").write("/etc/x", "old", 0o644);
    const handle = await askFor<Buffer>((done) => sftp.open("/root/x.tmp", "wx", { mode: 0o600 }, done));
    await ask((done) => sftp.write(handle, Buffer.from("new"), 0, 3, 0, done));
    await ask((done) => sftp.ext_openssh_fsync(handle, done));
    await ask((done) => sftp.close(handle, done));
    await ask((done) => sftp.ext_openssh_rename("/root/x.tmp", "/etc/x", done));
    expect([sim.files("web1").read("/etc/x"), sim.files("web1").mode("/etc/x")]).toEqual(["new", 0o600]);
    expect(sim.files("web1").owner("/etc/x")).toEqual({ uid: 0, gid: 0 });
    expect(sim.files("web1").list("/root")).toEqual([]);
  });

  test("[I] does not replace a file with the plain rename", async () => {
    const { sftp, sim } = await session();
    sim.files("web1").write("/etc/x", "x");
    sim.files("web1").write("/etc/y", "y");
    await expect(ask((done) => sftp.rename("/etc/x", "/etc/y", done))).rejects.toMatchObject(failure);
  });

  test("[I] lets exclusive creation succeed once", async () => {
    const { sftp } = await session();
    const create = (): Promise<Buffer> => askFor((done) => sftp.open("/root/lock", "wx", done));
    const outcomes = await Promise.allSettled([create(), create(), create()]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(create()).rejects.toMatchObject(failure);
  });

  test("[I] appends at the end, whatever the position says", async () => {
    const { sftp, sim } = await session();
    sim.files("web1").write("/etc/ips.remotedns", "192.0.2.1\n");
    const handle = await askFor<Buffer>((done) => sftp.open("/etc/ips.remotedns", "a", done));
    await ask((done) => sftp.write(handle, Buffer.from("192.0.2.2\n"), 0, 10, 0, done));
    expect(sim.files("web1").read("/etc/ips.remotedns")).toBe("192.0.2.1\n192.0.2.2\n");
  });

  test("[I] returns a large file as it was sent", async () => {
    const { sftp, sim } = await session();
    const content = Buffer.alloc(400_000, "0123456789");
    await ask((done) => sftp.writeFile("/root/large", content, done));
    expect(sim.files("web1").read("/root/large")).toHaveLength(400_000);
    const read = await askFor<Buffer>((done) =>
      sftp.readFile("/root/large", (error, data) => done(error, data)),
    );
    expect(read.equals(content)).toBe(true);
  });

  test("[I] reports missing paths as no such file", async () => {
    const { sftp } = await session();
    await expect(askFor((done) => sftp.stat("/none", done))).rejects.toMatchObject(noSuchFile);
    await expect(askFor((done) => sftp.open("/none/x", "w", done))).rejects.toMatchObject(noSuchFile);
    await expect(askFor((done) => sftp.readdir("/none", done))).rejects.toMatchObject(noSuchFile);
    await expect(ask((done) => sftp.unlink("/none", done))).rejects.toMatchObject(noSuchFile);
    await expect(ask((done) => sftp.rename("/none", "/x", done))).rejects.toMatchObject(noSuchFile);
    await expect(ask((done) => sftp.chmod("/none", 0o600, done))).rejects.toMatchObject(noSuchFile);
  });

  test("[I] creates, lists and removes directories, and refuses existing or non-empty ones", async () => {
    const { sftp } = await session();
    await ask((done) => sftp.mkdir("/var/cpanel/cluster", { mode: 0o700 }, done));
    await expect(ask((done) => sftp.mkdir("/var/cpanel/cluster", done))).rejects.toMatchObject(failure);
    await expect(ask((done) => sftp.rmdir("/var/cpanel", done))).rejects.toMatchObject(failure);
    const names = await askFor<{ filename: string }[]>((done) => sftp.readdir("/var/cpanel", done));
    expect(names.map(({ filename }) => filename)).toEqual(including(["cluster", "cpanel.config", "authn"]));
    const stats = await askFor<Stats>((done) => sftp.lstat("/var/cpanel/cluster", done));
    expect([stats.isDirectory(), stats.mode & 0o7777]).toEqual([true, 0o700]);
    await ask((done) => sftp.rmdir("/var/cpanel/cluster", done));
    await expect(askFor((done) => sftp.stat("/var/cpanel/cluster", done))).rejects.toMatchObject(noSuchFile);
  });

  test("[I] sets mode, owner and times by path and by handle", async () => {
    const { sftp, sim } = await session();
    sim.files("web1").write("/etc/x", "abc");
    await ask((done) =>
      sftp.setstat("/etc/x", { mode: 0o640, uid: 7, gid: 8, atime: 100, mtime: 100 }, done),
    );
    const handle = await askFor<Buffer>((done) => sftp.open("/etc/x", "r+", done));
    await ask((done) => sftp.fchmod(handle, 0o600, done));
    const stats = await askFor<Stats>((done) => sftp.fstat(handle, done));
    expect(stats).toMatchObject({ uid: 7, gid: 8, mtime: 100, size: 3 });
    expect(stats.mode & 0o7777).toBe(0o600);
  });

  test("[I] creates files that others cannot write, like sshd", async () => {
    const { sftp, sim } = await session();
    await ask((done) => sftp.writeFile("/root/x", "x", { mode: 0o666 }, done));
    expect(sim.files("web1").mode("/root/x")).toBe(0o644);
  });

  test("[I] resolves relative paths from root's home", async () => {
    const { sftp } = await session();
    expect(await askFor<string>((done) => sftp.realpath(".", done))).toBe("/root");
    expect(await askFor<string>((done) => sftp.realpath("/etc/../tmp/./x", done))).toBe("/tmp/x");
  });

  test("[I] serves many channels on one connection at once", async () => {
    const { client, sftp } = await session();
    const others = await Promise.all(Array.from({ length: 20 }, () => openSftp(client)));
    const all = await Promise.all(
      [sftp, ...others].map((each) => askFor<Stats>((done) => each.stat("/etc", done))),
    );
    expect(all).toHaveLength(21);
  });
});
