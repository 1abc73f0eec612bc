import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synchronise } from "../../provider/resources/cluster/sync-after-change";
import { runCommand } from "../helpers/run-command";

const help = "dnscluster [-F|--full] syncall|syncalllocal\ndnscluster synczone|synczonelocal ZONE";
const manyLines = Array.from({ length: 3_000 }, (_, line) => `zone${line}.example -> 192.0.2.53`);

const installed = ["dash", "bash", "ksh", "zsh"].filter((shell) =>
  ["/bin", "/usr/bin"].some((folder) => existsSync(join(folder, shell))),
);

describe.each(["sh", ...installed])("syncAfterChange in the shell %s", (shell) => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-whm-sync-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Runs the command with a `dnscluster` that prints something, to both outputs, and ends with a status. */
  async function run(printed: string, status: number, errors = "") {
    const standIn = join(folder, "dnscluster");
    const text = [printed, errors].map((each, at) => `printf '%s\\n' '${each}' >&${at + 1}`);
    await writeFile(
      standIn,
      `#!/bin/sh\necho "$@" >'${folder}/called'\n${text.join("\n")}\nexit ${status}\n`,
    );
    await chmod(standIn, 0o755);
    const script = synchronise.replace("/usr/local/cpanel/scripts/dnscluster", standIn);
    const outcome = await runCommand(shell, ["-c", script]);
    return { ...outcome, called: await readFile(join(folder, "called"), "utf8") };
  }

  test("[I] succeeds when dnscluster succeeds, and shows the last lines", async () => {
    const outcome = await run([...manyLines, "50% done \\n *"].join("\n"), 0, "warning");
    expect(outcome).toMatchObject({ code: 0, stderr: "", called: "syncall\n" });
    const lines = outcome.stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(20);
    expect(lines.slice(-3)).toEqual(["zone2999.example -> 192.0.2.53", "50% done \\n *", "warning"]);
  });

  test("[I] fails when dnscluster fails, and shows its output", async () => {
    const outcome = await run("", 3, "DNS clustering is not enabled.");
    expect(outcome).toMatchObject({ code: 3, stderr: "" });
    expect(outcome.stdout).toContain("DNS clustering is not enabled.");
  });

  test.each([
    ["its help", help],
    ["its usage", "Usage: dnscluster ACTION"],
    ["usage in lower case", "usage: dnscluster ACTION"],
  ])("[I] treats %s as a failure although dnscluster exits with 0", async (_what, printed) => {
    const outcome = await run(printed, 0);
    expect(outcome.code).toBe(1);
    expect(outcome.stdout).toBe(`dnscluster has printed its help and synchronised nothing:\n${printed}\n`);
  });
});
