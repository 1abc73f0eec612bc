import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../run-program.mjs";
import * as shell from "../shell.mjs";

/**
 * The floor: what it takes to do the steps at all. One connection a server, one command with all steps in it, ten
 * servers at a time; nothing is compared, kept or read back, and members hold a given value in place of the token.
 */
export const floor = {
  name: "floor",

  async prepare(site, folder) {
    const run = (scriptOf, servers = site.servers) => {
      const jobs = servers.map((server) => ({
        connection: server.connection,
        script: scriptOf(server),
      }));
      writeFileSync(join(folder, "jobs.json"), JSON.stringify(jobs));
      const runner = new URL("floor-run.cjs", import.meta.url).pathname;
      return runProgram({ folder, command: [process.execPath, runner, join(folder, "jobs.json")] });
    };
    return {
      apply: () => run(everything),
      audit: () => run(shell.look),
      // Whoever knows what is to be changed goes nowhere else.
      change: (changed) =>
        run(
          (server) => shell.writeRole({ ...server, role: "write-only" }),
          site.servers.filter(({ name }) => name === changed),
        ),
      destroy: () => run(nothing),
      stateBytes: () => 0,
    };
  },
};

function everything(server) {
  return all([
    `${shell.makeToken} >/dev/null`,
    shell.writeMember(server, "GIVENBYHAND"),
    shell.writeRole(server),
    shell.addAddress(server),
  ]);
}

function nothing(server) {
  return all([
    shell.revokeToken,
    shell.removeRole(server),
    shell.removeMember(server),
    shell.removeAddress(server),
  ]);
}

function all(scripts) {
  return scripts.map((script) => `(${script})`).join(" && ");
}
