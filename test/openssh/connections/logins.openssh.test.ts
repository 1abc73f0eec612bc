import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../../../provider/schema/connection";
import type { Server, ServerError } from "../../../provider/servers";
import { examineServers } from "../../../provider/survey/checks";
import { directories } from "../../testbed/directories";
import { installLogins } from "../../testbed/logins";
import { usualOpenSsh } from "../../testbed/openssh";
import { sftpServer } from "../../testbed/programs";
import { startTestbed, type Testbed } from "../../testbed/testbed";

// Log-ins that succeed and let nobody work, and accounts that have run out: who is blamed, and what is to be done.

const password = process.env["BED_PASSWORD"] ?? "";
const directory = directories();
let testbed: Testbed;

/** sshd's own messages stay out of what a log-in writes, as where it logs to the journal. */
const quiet = "LogLevel ERROR";

function log(user: string, name: string, change: Partial<Connection> = {}): Server {
  const { api: _api, ...server } = testbed.servers[name]!;
  const connection = { ...server.connection!, user, dialErrorLimit: 1, perDialTimeout: 10, ...change };
  return directory({ [name]: { ...server, connection } }).get(name);
}

const failure = (work: Promise<unknown>): Promise<ServerError> =>
  work.then(
    () => Promise.reject(new Error("it succeeded")),
    (error: unknown) => error as ServerError,
  );

const filesOf = (server: Server): Promise<ServerError> => failure(server.files());

const programOf = (server: Server): Promise<ServerError> =>
  failure(server.api.call("read the version", "version", {}, { mutation: false }));

describe("a log-in that lets nobody work", () => {
  beforeAll(async () => {
    const server = { type: "dnsonly", commandLine: true } as const;
    const servers = {
      ns1: { ...server, sshd: [quiet] },
      late: { ...server, sshd: [quiet] },
      filesOnly: { ...server, sshd: [quiet, "ForceCommand internal-sftp"] },
    };
    testbed = await startTestbed({ servers, sftp: sftpServer });
    for (const name of ["ns1", "late"]) installLogins(testbed.folderOf(name));
  });
  afterAll(() => testbed.stop());

  test.each([
    ["the shell nologin", "nologin", /^the log-in writes text .*: This account is currently not available/],
    [
      "a restricted shell",
      "restricted",
      /^Received exit code \d+ .*, and the log-in can't run \/bin\/true either: rbash: .*restricted/,
    ],
  ])("[E] because of %s is told to get another shell", async (_what, user, said) => {
    const [files, program] = [await filesOf(log(user, "ns1")), await programOf(log(user, "ns1"))];
    expect(files).toMatchObject({ code: "file-error", said: expect.stringMatching(said) as string });
    expect(program).toMatchObject({ code: "unexpected-reply" });
    for (const { wayOut } of [files, program]) expect(wayOut).toMatch(/usermod -s \/bin\/bash/);
  });

  test("[E] because of the shell nologin gets the same cure from whm-dns doctor", async () => {
    const { connection, api: _api, ...ns1 } = testbed.servers["ns1"]!;
    const registry = directory({ ns1: { ...ns1, connection: { ...connection!, user: "nologin" } } });
    const [examined] = await examineServers(registry, ["ns1"], { atOnce: 1 });
    const failed = examined?.checks.filter(({ state }) => state === "failed");
    expect(failed?.map(({ check }) => check)).toEqual(["files", "api"]);
    for (const check of failed ?? [])
      expect(check).toMatchObject({ cure: expect.stringContaining("usermod -s") as string });
  });

  test("[E] because of a .bashrc that prints is quoted and told what may print", async () => {
    const [files, program] = [await filesOf(log("noisy", "ns1")), await programOf(log("noisy", "ns1"))];
    for (const error of [files, program]) {
      expect(error.said).toMatch(/: Welcome to .* a crime$/);
      expect(error.wayOut).toMatch(/[Aa] ~\/\.bashrc may print in interactive sessions only/);
    }
  });

  test("[E] and writes only after its program has ended is quoted all the same", async () => {
    const late = "#!/bin/sh\n(sleep 0.2; echo Come back tomorrow) &\nexit 1\n";
    testbed.files("late").write(sftpServer, late, 0o755);
    const server = log("root", "late");
    expect((await filesOf(server)).said).toMatch(/ where an SFTP server should answer: Come back tomorrow$/);
    expect(await server.run(["/bin/echo", "it runs"])).toMatchObject({ stdout: "it runs\n" });
    expect(testbed.sshd.count(`on ${testbed.servers["late"]!.address} port`)).toBe(1);
  });

  test("[E] because of ForceCommand internal-sftp has its files, and is told about programs", async () => {
    const server = log("root", "filesOnly");
    expect(await (await server.files()).read("/usr/local/cpanel/version")).toBe("11.136.0.5\n");
    const error = await programOf(server);
    expect(error.said).toMatch(/^whmapi1 ended .*: This service allows sftp connections only$/);
    expect(error.wayOut).toMatch(/ForceCommand .*give the server `api`/);
  });
});

describe("an account that PAM judges", () => {
  let folder = "";
  let agent: ChildProcess;
  beforeAll(async () => {
    const server = { type: "dnsonly", commandLine: true } as const;
    const factors = { ...server, sshd: [quiet, "AuthenticationMethods publickey,keyboard-interactive:pam"] };
    testbed = await startTestbed({
      servers: { ns1: { ...server, sshd: [quiet] }, factors },
      sshd: ["UsePAM yes"],
      sftp: sftpServer,
      openSsh: usualOpenSsh(), // Others would load this machine's modules of PAM.
    });
    installLogins(testbed.folderOf("ns1"));
    installLogins(testbed.folderOf("factors"));
    folder = mkdtempSync(join(tmpdir(), "pulumi-whm-logins-"));
    agent = spawn("ssh-agent", ["-D", "-a", join(folder, "agent")], { stdio: ["ignore", "pipe", "inherit"] });
    await once(agent.stdout!, "data");
  });
  afterAll(async () => {
    agent.kill();
    await testbed.stop();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ["a key", {}],
    ["the password", { privateKey: undefined, password }],
  ])("[E] because its password expired says so, with %s", async (_what, change) => {
    const [files, program] = [
      await filesOf(log("stale", "ns1", change)),
      await programOf(log("stale", "ns1", change)),
    ];
    for (const error of [files, program]) {
      expect(error.said).toMatch(/: WARNING: Your password has expired$/);
      expect(error.wayOut).toMatch(/^Change the password .*chage -M -1/);
    }
  });

  test("[E] itself is refused with what PAM says", async () => {
    expect(await filesOf(log("expired", "ns1"))).toMatchObject({
      code: "refused-credential",
      said: expect.stringMatching(
        /^the server ended the log-in of expired: Your account has expired/,
      ) as string,
      wayOut: expect.stringContaining("chage -E -1") as string,
    });
    expect(testbed.sshd.count("Access denied")).toBeLessThan(2);
  });

  test("[E] wants what PAM asks for after a key of an agent, and takes the password for it", async () => {
    const file = join(folder, "key");
    spawnSync("ssh-keygen", ["-q", "-f", file, "-t", "ed25519", "-N", ""]);
    testbed.sshd.authorize(readFileSync(`${file}.pub`, "utf8"));
    const agentSocketPath = join(folder, "agent");
    spawnSync("ssh-add", ["-q", file], { env: { ...process.env, SSH_AUTH_SOCK: agentSocketPath } });
    const change = { privateKey: undefined, agentSocketPath };
    expect((await filesOf(log("root", "factors", change))).said).toMatch(
      /^the server accepted agent \(.*\) of root and wants keyboard-interactive as well$/,
    );
    const files = await log("root", "factors", { ...change, password }).files();
    expect(await files.read("/usr/local/cpanel/version")).toBe("11.136.0.5\n");
  });
});
