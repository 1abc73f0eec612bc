import { startTestbed, type Testbed } from "../testbed/testbed";
import { clusterProgram } from "../helpers/cluster-program";
import { withUnpacked } from "../helpers/unpacked";
import { pathWithCommandPlugin } from "../helpers/command-plugin";
import { pulumiProjects } from "../helpers/pulumi";
import { testWhere } from "../helpers/where";

const newProject = pulumiProjects();
const PATH = pathWithCommandPlugin();
const withPlugin = testWhere(PATH !== undefined);
jest.setTimeout(240_000);

const dnscluster = "/usr/local/cpanel/scripts/dnscluster";
const calls = "/var/log/dnscluster-calls";

/** A `dnscluster` that writes down with what it is called, prints something, and ends with a status. */
const standIn = (printed: string, status = 0) =>
  [
    "#!/bin/bash",
    `printf '%s\\n' "$*" >>${calls}`,
    "cat <<'TEXT'",
    printed,
    "TEXT",
    `exit ${status}`,
    "",
  ].join("\n");
const help = "dnscluster [-F|--full] syncall|syncalllocal\ndnscluster synczone|synczonelocal ZONE";
const manyLines = Array.from({ length: 3_000 }, (_, line) => `zone${line}.example -> 127.0.0.1`).join("\n");

describe("syncAfterChange behind a real OpenSSH server and shell", () => {
  let testbed: Testbed;
  beforeEach(async () => {
    testbed = await startTestbed({
      servers: { web1: { type: "cpanel", commandLine: true }, ns1: { type: "dnsonly" } },
    });
    testbed.files("web1").write(calls, "");
  });
  afterEach(() => testbed.stop());

  const install = (printed: string, status?: number) =>
    testbed.files("web1").write(dnscluster, standIn(printed, status), 0o755);
  const called = () => testbed.files("web1").read(calls)?.trim().split("\n");

  withPlugin(
    "[E] fails with the reason and is tried again when dnscluster prints its help or fails, and runs once when it succeeds",
    async () => {
      const project = await newProject({
        program: clusterProgram("{ syncAfterChange: true }"),
        secrets: { "whm:servers": JSON.stringify(testbed.servers) },
        environment: { PATH: PATH ?? "" },
      });

      install(help);
      const helped = await project.up("--skip-preview");
      expect(helped.code).not.toBe(0);
      expect(helped.stdout + helped.stderr).toContain(
        "dnscluster has printed its help and synchronised nothing:",
      );

      install("DNS clustering is not enabled.", 1);
      const failed = await project.up("--skip-preview");
      expect(failed.code).not.toBe(0);
      expect(failed.stdout + failed.stderr).toContain("DNS clustering is not enabled.");

      install(`${manyLines}\nDone`);
      expect(await project.up("--skip-preview")).toMatchObject({ code: 0 });
      expect(called()).toEqual(["syncall", "syncall", "syncall"]);
      expect(await project.up("--skip-preview", "--expect-no-changes")).toMatchObject({ code: 0 });
      expect(called()).toHaveLength(3);

      const state = withUnpacked(JSON.stringify(await project.exportStack()));
      expect(state).toContain("zone2999.example");
      expect(state).not.toContain("zone2900.example");
      expect(await project.destroy("--skip-preview")).toMatchObject({ code: 0 });
      expect(called()).toHaveLength(3);
    },
  );
});
