import { readdirSync, readFileSync } from "node:fs";
import type { PulumiProject } from "./pulumi";

/**
 * Kills what runs for a project: its processes are known by its own Pulumi home in their environment. Linux only.
 *
 * @param command only those in whose command this stands
 */
export function killProcessesOf({ environment }: PulumiProject, command = ""): void {
  const home = `PULUMI_HOME=${environment["PULUMI_HOME"]}\0`;
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    if (contains(id, "cmdline", command) && contains(id, "environ", home))
      process.kill(Number(id), "SIGKILL");
  }
}

function contains(id: string, file: "cmdline" | "environ", text: string): boolean {
  try {
    return readFileSync(`/proc/${id}/${file}`, "utf8").includes(text);
  } catch {
    return false; // It has ended, or belongs to somebody else.
  }
}
