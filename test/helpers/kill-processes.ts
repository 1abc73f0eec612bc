import { readdirSync, readFileSync } from "node:fs";
import type { PulumiProject } from "./pulumi";

/**
 * Kills what runs for a project: its processes are known by its own Pulumi home in their environment. Linux only.
 *
 * @param command only those in whose command this stands
 */
export function killProcessesOf(project: PulumiProject, command = ""): void {
  for (const id of processesOf(project, command)) signal(id, "SIGKILL");
}

/** Sends a signal to a process that may have ended meanwhile, such as one whose parent was killed first. */
export function signal(id: number, name: NodeJS.Signals): void {
  try {
    process.kill(id, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The processes that run for a project, the engine's own among them. */
export function processesOf({ environment }: PulumiProject, command = ""): number[] {
  const home = `PULUMI_HOME=${environment["PULUMI_HOME"]}\0`;
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => textOf(id, "cmdline").includes(command) && textOf(id, "environ").includes(home))
    .map(Number);
}

/** Sends a signal to the command line itself, in which the engine runs, and to nothing that it has started. */
export function signalEngineOf(project: PulumiProject, name: "SIGKILL" | "SIGSTOP" | "SIGCONT"): void {
  for (const id of processesOf(project)) {
    if (textOf(String(id), "comm") === "pulumi\n") signal(id, name);
  }
}

function textOf(id: string, file: "cmdline" | "environ" | "comm"): string {
  try {
    return readFileSync(`/proc/${id}/${file}`, "utf8");
  } catch {
    return ""; // It has ended, or belongs to somebody else.
  }
}
