import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Files, type Server, ServerRegistry } from "../../../provider/servers";
import { type SshHost, startSshHost } from "../helpers/ssh-host";

describe("files through OpenSSH's own SFTP server", () => {
  let host: SshHost;
  let directory: ServerRegistry;
  let server: Server;
  let files: Files;
  let root: string;

  beforeAll(async () => {
    host = await startSshHost({ sftpServer: process.env["BED_SFTP_SERVER"] });
    directory = new ServerRegistry({ ns1: { type: "dnsonly", connection: host.connection } } as never);
    server = directory.get("ns1");
  });
  afterAll(async () => {
    await directory.close();
    await host.stop();
  });
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), "files-"));
    mkdirSync(join(root, "config"));
    files = await server.files();
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const at = (name: string): string => join(root, name);
  const write = (content: string | Buffer, mode = 0o600): Promise<void> =>
    files.writeAtomically(at("config/m"), content, { mode, temporaryDirectory: root });

  test("[I] a missing file is undefined for every operation", async () => {
    expect(await files.read(at("none"))).toBeUndefined();
    expect(await files.stat(at("none"))).toBeUndefined();
    expect(await files.list(at("none"))).toBeUndefined();
    expect(await files.remove(at("none"))).toBe(false);
  });

  test("[I] directories and pipes are not among the files of a directory", async () => {
    mkdirSync(at("config/old"));
    spawnSync("mkfifo", [at("config/pipe")]);
    writeFileSync(at("config/192.0.2.53"), "");
    symlinkSync(at("config/192.0.2.53"), at("config/192.0.2.54"));
    expect(await files.list(at("config"))).toEqual(["192.0.2.53", "192.0.2.54", "old", "pipe"]);
    expect(await files.listFiles(at("config"))).toEqual(["192.0.2.53", "192.0.2.54"]);
    expect(await files.listFiles(at("none"))).toBeUndefined();
  });

  test.each([
    ["empty", 0],
    ["small", 100],
    ["as long as a packet", 16 * 1024],
    ["longer than a packet", 300_000],
  ])("[I] a file that is %s is written and read back byte for byte", async (_case, size) => {
    const content = Buffer.alloc(size, "0123456789");
    await write(content);
    expect(readFileSync(at("config/m"))).toEqual(content);
    expect(await files.readBytes(at("config/m"))).toEqual(content);
    expect(readdirSync(root)).toEqual(["config"]);
  });

  test("[I] a write replaces the old file, sets its mode whatever the umask, and leaves nothing beside it", async () => {
    writeFileSync(at("config/m"), "old", { mode: 0o644 });
    await write("new", 0o666);
    expect(readFileSync(at("config/m"), "utf8")).toBe("new");
    expect(statSync(at("config/m")).mode & 0o777).toBe(0o666);
    expect(readdirSync(at("config"))).toEqual(["m"]);
  });

  test("[I] a failed write leaves the old file and no temporary one", async () => {
    mkdirSync(at("config/m"));
    const writing = write("new");
    await expect(writing).rejects.toMatchObject({ code: "file-error", server: "ns1" });
    await expect(writing).rejects.toThrow(at("config/m"));
    expect(readdirSync(root)).toEqual(["config"]);
  });

  test("[I] bytes that are not UTF-8 are read and written unchanged", async () => {
    writeFileSync(at("x"), Buffer.from("# Zo\u00eb\n192.0.2.1\n", "latin1"));
    const text = (await files.read(at("x"))) ?? "";
    await write(`${text}192.0.2.2\n`);
    expect(readFileSync(at("config/m"))).toEqual(Buffer.from("# Zo\u00eb\n192.0.2.1\n192.0.2.2\n", "latin1"));
  });

  test("[I] concurrent appends lose nothing", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => files.append(at("log"), `line ${index}\n`)));
    expect(readFileSync(at("log"), "utf8").split("\n").filter(Boolean)).toHaveLength(20);
  });

  test("[I] exactly one of several programs that create one file succeeds", async () => {
    const created = await Promise.all(
      ["a", "b", "c"].map((text) => files.createExclusively(at("lock"), text, 0o600)),
    );
    expect(created.filter(Boolean)).toHaveLength(1);
    expect(["a", "b", "c"]).toContain(readFileSync(at("lock"), "utf8"));
  });

  test("[I] creating a file in a missing directory is an error", async () => {
    await expect(files.createExclusively(at("none/lock"), "x", 0o600)).rejects.toMatchObject({
      code: "file-error",
    });
  });

  test("[I] a directory is created with its mode; an existing one is kept; a file in its place is an error", async () => {
    await files.makeDirectory(at("d"), 0o700);
    expect(statSync(at("d")).mode & 0o777).toBe(0o700);
    await files.makeDirectory(at("d"), 0o755);
    expect(statSync(at("d")).mode & 0o777).toBe(0o700);
    writeFileSync(at("f"), "");
    await expect(files.makeDirectory(at("f"), 0o700)).rejects.toMatchObject({ code: "file-error" });
  });

  test("[I] a status contains size, mode, owner and kind", async () => {
    writeFileSync(at("s"), "12345", { mode: 0o640 });
    expect(await files.stat(at("s"))).toMatchObject({
      size: 5,
      mode: 0o640,
      uid: process.getuid?.(),
      isDirectory: false,
    });
    expect(await files.stat(root)).toMatchObject({ isDirectory: true });
  });

  test("[I] the names in a directory are sorted, without dots", async () => {
    for (const name of ["b", "a", ".hidden"]) writeFileSync(at(name), "");
    expect(await files.list(root)).toEqual([".hidden", "a", "b", "config"]);
  });

  test("[I] an unreadable file is an error with path and reason, not a missing file", async () => {
    symlinkSync(at("loop"), at("loop"));
    await expect(files.read(root)).rejects.toMatchObject({ code: "file-error", phrase: `read ${root}` });
  });
});
