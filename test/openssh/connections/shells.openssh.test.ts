import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../../../provider/schema/connection";
import { makeKeyPair } from "../../../provider/simulator/credentials";
import { synchronise } from "../../../provider/resources/cluster/sync-after-change";
import type { Server } from "../../../provider/servers";
import { directories } from "../../testbed/directories";
import { installLogins, oddShells } from "../../testbed/logins";
import { sftpServer } from "../../testbed/programs";
import { deploy, installSudo, setSudoers } from "../../testbed/sudo";
import { startTestbed, type Testbed } from "../../testbed/testbed";
import { describeWhere } from "../../helpers/where";

// Where the SFTP server is a program, as on RHEL and its kin, the shell of whoever logs in starts it too.

const odd = ["PermitTTY no", "SetEnv LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8 TMOUT=1"];
let testbed: Testbed;
let keys = "";
beforeAll(async () => {
  keys = mkdtempSync(join(tmpdir(), "pulumi-whm-shells-"));
  const server = { type: "cpanel", commandLine: true, sshd: ["LogLevel ERROR"] } as const;
  testbed = await startTestbed({
    servers: { web1: server, foreign: { ...server, sshd: odd } },
    sshd: [`AuthorizedKeysCommand /usr/bin/cat ${join(keys, "all")}`, "AuthorizedKeysCommandUser root"],
    sftp: sftpServer,
  });
  for (const name of ["web1", "foreign"]) {
    installLogins(testbed.folderOf(name));
    installSudo(testbed.folderOf(name));
    setSudoers(testbed.folderOf(name), `${deploy} ALL=(root) NOPASSWD: ALL`);
  }
});
afterAll(async () => {
  await testbed.stop();
  rmSync(keys, { recursive: true });
});
const directory = directories();

function log(user: string, name = "web1", more: Partial<Connection> = {}): Server {
  const { api: _api, ...server } = testbed.servers[name]!;
  const connection = { ...server.connection!, user, dialErrorLimit: 1, perDialTimeout: 10, ...more };
  return directory({ [name]: { ...server, connection } }).get(name);
}

/** What the log-in reads of a file, and what a program of WHM answers. */
async function work(server: Server): Promise<unknown[]> {
  const files = await server.files();
  const answer = await server.api.call("read the version", "version", {}, { mutation: false });
  return [await files.read("/usr/local/cpanel/version"), answer];
}

const done = ["11.136.0.5\n", { version: "11.136.0.5" }];

/** Each stands for something in one of the shells. */
const awkward = [
  "a b",
  "it's",
  "a!b",
  "!!",
  "\\!",
  "a\\b",
  "a\\\\b",
  "a\\'b",
  "end\\",
  "$HOME `id`",
  "*",
  "~",
  "=ls",
].concat([
  "%self",
  "%1",
  "{a,b}",
  "x=1",
  "a;b",
  '"q"',
  "#c",
  "^a^b",
  "",
  "é",
  "(a)",
  "a&b",
  "[a]",
  "a|b",
  "<a>",
  "@",
  "+",
]);

describeWhere(oddShells.length > 0).each(oddShells.length > 0 ? oddShells : ["none to be had"])(
  "the log-in shell %s",
  (shell) => {
    test("[E] starts files and programs, for root and through sudo", async () => {
      expect(await work(log(shell))).toEqual(done);
      const { publicKey, privateKey } = makeKeyPair();
      writeFileSync(join(keys, "all"), `${publicKey}\n`);
      expect(await work(log(`${deploy}-${shell}`, "web1", { privateKey, sudo: true }))).toEqual(done);
    });

    test("[E] hands on each argument as it is", async () => {
      const { stdout } = await log(shell).run(["/usr/bin/printf", "%s\\n", ...awkward]);
      expect(stdout.split("\n").slice(0, -1)).toEqual(awkward);
    });

    test("[E] runs the command of syncAfterChange, with its output and status", () => {
      const files = testbed.files("web1");
      const run = (printed: string, status: number) => {
        files.write(
          "/usr/local/cpanel/scripts/dnscluster",
          `#!/bin/sh\nprintf "%s\\n" "${printed}"\nexit ${status}\n`,
          0o755,
        );
        const words = [testbed.folderOf("web1"), `/usr/local/bin/${shell}`, "-c", synchronise];
        return spawnSync("chroot", words, { encoding: "utf8" });
      };
      expect(run("50% done", 0)).toMatchObject({ status: 0, stdout: "50% done\n", stderr: "" });
      expect(run("not enabled", 3)).toMatchObject({ status: 3, stdout: "not enabled\n" });
      expect(run("Usage: dnscluster", 0)).toMatchObject({
        status: 1,
        stdout: expect.stringContaining("its help") as string,
      });
    });
  },
);

describe("a log-in in an unusual environment", () => {
  test("[E] works in another language, with TMOUT and without terminals", async () => {
    expect(await work(log("root", "foreign"))).toEqual(done);
  });

  test("[E] gives files the same modes under a strict umask", async () => {
    const modesOf = async (user: string): Promise<string[]> => {
      const files = await log(user).files();
      const place = `/var/cpanel/${user}`;
      await files.makeDirectory(place, 0o700);
      await files.createExclusively(`${place}/created`, "text\n", 0o644);
      await files.createWhole(`${place}/whole`, "text\n", place);
      await files.writeAtomically(`${place}/written`, "text\n", { mode: 0o644, temporaryDirectory: place });
      const folder = join(testbed.folderOf("web1"), place);
      return spawnSync("find", [folder, "-printf", "%m %P\n"], { encoding: "utf8" })
        .stdout.trim()
        .split("\n")
        .sort();
    };
    const modes = await modesOf("root");
    expect(modes).toHaveLength(4);
    expect(await modesOf("masked")).toEqual(modes);
  });
});
