import { memberDirectoryOf } from "../members";
import type { SimulatedServer } from "../simulated-server";
import type { ExecResult, Program } from "./program";

const remoteDns = "/etc/ips.remotedns";
const roles = ["sync", "write-only", "standalone"];

/**
 * `simulated-change`: changes what somebody would change by hand in WHM. No real server has this command, so that a change
 * that is meant for a simulated one can reach no other.
 */
export const change: Program = {
  paths: ["simulated-change"],
  prepare: (server, [what = "", address = "", word = ""]) => ({
    entry: { operation: "simulated-change", target: address, write: true },
    run: () => {
      if (what === "role") return setRole(server, address, word);
      return what === "untrust" ? removeLine(server, address) : failed(`There is no change ${what}.`);
    },
  }),
};

function setRole({ files }: SimulatedServer, address: string, word: string): ExecResult {
  const file = `${memberDirectoryOf("root")}/${address}-dnsrole`;
  if (!roles.includes(word)) return failed(`The role must be one of ${roles.join(", ")}.`);
  if (files.readText(file) === undefined) return failed(`It has no member ${address}.`);
  files.writeText(file, word);
  return done;
}

function removeLine({ files }: SimulatedServer, address: string): ExecResult {
  const lines = (files.readText(remoteDns) ?? "").split("\n");
  if (!lines.includes(address)) return failed(`${remoteDns} has no line ${address}.`);
  files.writeText(remoteDns, lines.filter((line) => line !== address).join("\n"));
  return done;
}

const done: ExecResult = { exitCode: 0, stdout: "", stderr: "" };

function failed(stderr: string): ExecResult {
  return { exitCode: 1, stdout: "", stderr };
}
