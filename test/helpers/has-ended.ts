import type { ChildProcess } from "node:child_process";

/** Whether a process has ended, by itself or by a signal: of a killed one the exit code stays null. */
export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
