import { spawn } from "node:child_process";
import { createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { watchMemory } from "./process-tree.mjs";

/**
 * Runs a program to its end. What it prints goes to a file, so that nobody waits for a reader.
 *
 * @param {{ folder: string, command: string[], env?: Record<string, string> }} program
 * @returns {Promise<{ seconds: number, rssMb: number, engineMb: number, providerMb: number }>} how long it took, and the most memory
 */
export async function runProgram({ folder, command: [program, ...words], env = {} }) {
  const printed = join(folder, "printed.txt");
  const output = createWriteStream(printed);
  await new Promise((resolve) => output.once("open", resolve));
  const started = performance.now();
  const stdio = ["ignore", output, output];
  const child = spawn(program, words, { cwd: folder, env: { ...process.env, ...env }, stdio });
  const memory = child.pid ? watchMemory(child.pid) : () => ({});
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const seconds = (performance.now() - started) / 1000;
  const peak = memory();
  output.end();
  if (code !== 0)
    throw new Error(
      `${program} ${words.join(" ")} ended with ${code}:\n${readFileSync(printed, "utf8").slice(-4000)}`,
    );
  return { seconds, ...peak };
}
