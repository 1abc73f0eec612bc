import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

// Programs that know nothing of this package and write the same file.

/** A shell that appends lines one by one, each with a pause of some seconds behind it. */
export function shellAppending(file: string, added: readonly string[], pause: number): Promise<void> {
  const each = `for line in "$@"; do echo "$line" >>"$file"; read -rt ${pause} <> <(:) || true; done`;
  return program("bash", ["-c", `file=$1; shift; ${each}`, "bash", file, ...added]);
}

/** An editor that puts another file in place for each line, with a pause of some milliseconds behind it. */
export function editorRenaming(file: string, added: readonly string[], pause: number): Promise<void> {
  const script = join(__dirname, "programs/rename-editor.mjs");
  return program(process.execPath, [script, file, JSON.stringify(added), `${pause}`]);
}

/** Runs a program to its end; its failure fails the test. */
async function program(name: string, words: string[]): Promise<void> {
  const child = spawn(name, words, { stdio: ["ignore", "ignore", "inherit"] });
  const [code] = (await once(child, "exit")) as [number];
  expect(code).toBe(0);
}
