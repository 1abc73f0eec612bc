import { writeSync } from "node:fs";
import { runMain } from "./failure.mjs";

/**
 * The main function of a script that a test asks: the answer goes as JSON to descriptor 3, null for nothing, so that what
 * is shown meanwhile goes to standard output. Tests are no modules of this kind, and run it as a process.
 */
export async function answer(find) {
  await runMain(async () => {
    writeSync(3, JSON.stringify((await find()) ?? null));
  });
}
