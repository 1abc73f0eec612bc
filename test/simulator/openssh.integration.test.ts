import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { containing, like, matching } from "./helpers/matchers";
import { simulate, stopSimulations } from "./helpers/simulation";
import { testWhere } from "../helpers/where";

const isThere = spawnSync("ssh", ["-V"]).error === undefined && spawnSync("sftp", ["-h"]).error === undefined;
const whenThere = testWhere(isThere);

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "simulator-"))));
afterEach(async () => {
  await stopSimulations();
  rmSync(folder, { recursive: true });
});

async function openssh() {
  const simulation = await simulate({ servers: { web1: { type: "cpanel" } } });
  const { host, port, privateKey = "", hostKey = "" } = simulation.server("web1").connection ?? {};
  writeFileSync(join(folder, "key"), privateKey, { mode: 0o600 });
  writeFileSync(join(folder, "known_hosts"), `[${host}]:${port} ${hostKey}\n`);
  const common = [
    "-F",
    "none",
    "-i",
    join(folder, "key"),
    "-o",
    `UserKnownHostsFile=${join(folder, "known_hosts")}`,
  ];
  const options = [
    ...common,
    "-o",
    "StrictHostKeyChecking=yes",
    "-o",
    "IdentitiesOnly=yes",
    "-o",
    "BatchMode=yes",
  ];
  return {
    ...simulation,
    ssh: (command: string) => run("ssh", ["-p", String(port), ...options, `root@${host}`, command], ""),
    sftp: (batch: string) => run("sftp", ["-P", String(port), ...options, "-b", "-", `root@${host}`], batch),
  };
}

function run(
  program: string,
  words: string[],
  input: string,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, words);
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.on("close", (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}

describe("OpenSSH's own programs", () => {
  whenThere(
    "[I] ssh accepts the host key, logs in with the key and returns output and exit status",
    async () => {
      const { ssh } = await openssh();
      expect(await ssh("/usr/local/cpanel/cpanel -V")).toMatchObject({
        code: 0,
        stdout: "136.0 (build 5)\n",
      });
      expect(await ssh("/usr/bin/nonesuch")).toMatchObject({
        code: 127,
        stderr: containing("not found"),
      });
    },
  );

  whenThere("[I] sftp puts, renames over a file, lists and gets", async () => {
    const { sftp, sim } = await openssh();
    writeFileSync(join(folder, "local"), "new\n", { mode: 0o600 });
    sim.files("web1").write("/etc/ips.remotedns", "old\n", 0o644);
    const batch = [
      `put -f ${join(folder, "local")} /root/remote.tmp`,
      "rename /root/remote.tmp /etc/ips.remotedns",
      "ls -l /etc",
      `get /etc/ips.remotedns ${join(folder, "back")}`,
      "mkdir /root/d",
      "rmdir /root/d",
    ];
    const outcome = await sftp(`${batch.join("\n")}\n`);
    expect(outcome).toMatchObject({ code: 0, stdout: matching(/-rw-------.* ips\.remotedns/) });
    expect(sim.files("web1").read("/etc/ips.remotedns")).toBe("new\n");
    expect(sim.journal()).toContainEqual(like({ operation: "fsync" }));
  });

  whenThere("[I] sftp reports a failure", async () => {
    const { sftp } = await openssh();
    const { code, stderr } = await sftp("rm /none\n");
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/[Nn]o such file/);
  });
});
