import type { ExecResult } from "./program";

/** Reads what another command has printed; nothing where its arguments are beyond what is simulated. */
type Filter = (words: readonly string[], input: string) => ExecResult | undefined;

/** The text programs of a server that are simulated, each as far as it is said here. */
export const filters: Readonly<Record<string, Filter>> = { tail };

/** `tail -n NUMBER`. */
function tail([flag, count, ...more]: readonly string[], input: string): ExecResult | undefined {
  if (flag !== "-n" || !/^\d+$/.test(count ?? "") || more.length > 0) return undefined;
  const lines = input.split(/(?<=\n)/);
  return printed(lines.slice(Math.max(0, lines.length - Number(count))));
}

function printed(lines: readonly string[]): ExecResult {
  return { exitCode: 0, stdout: lines.join(""), stderr: "" };
}
