import type { ExecResult } from "./program";

/** Reads what another command has printed; nothing where its arguments are beyond what is simulated. */
type Filter = (words: readonly string[], input: string) => ExecResult | undefined;

/** The text programs of a server that are simulated, each as far as it is said here. */
export const filters: Readonly<Record<string, Filter>> = { tail, sed };

/** `tail -n NUMBER`. */
function tail([flag, count, ...more]: readonly string[], input: string): ExecResult | undefined {
  if (flag !== "-n" || !/^\d+$/.test(count ?? "") || more.length > 0) return undefined;
  const lines = input.split(/(?<=\n)/);
  return printed(lines.slice(Math.max(0, lines.length - Number(count))));
}

/** `sed -E '/PATTERN/I{s/^/TEXT/;qCODE}'`: ends at the first line that matches, with a text before it and an exit code. */
function sed([flag, script = "", ...more]: readonly string[], input: string): ExecResult | undefined {
  const [, pattern, text = "", code] = /^\/(.+)\/I\{s\/\^\/([^/&\\]*)\/;q(\d+)\}$/.exec(script) ?? [];
  if (flag !== "-E" || pattern === undefined || more.length > 0) return undefined;
  const lines = input.split(/(?<=\n)/);
  const found = lines.findIndex((line) => new RegExp(pattern, "i").test(line));
  if (found < 0) return printed(lines);
  return { ...printed([...lines.slice(0, found), text + lines[found]]), exitCode: Number(code) };
}

function printed(lines: readonly string[]): ExecResult {
  return { exitCode: 0, stdout: lines.join(""), stderr: "" };
}
