import fc from "fast-check";
import { readdirSync } from "node:fs";

// Every quick test of this folder as one file, for mutation testing: what takes time there is loading the same modules
// for each file, a few thousand times over. The brute-force judges and the clocks stay out.
const slow = /^(every-|guide-judge|large-|speed)/;

fc.configureGlobal({ numRuns: 25 });

for (const file of readdirSync(__dirname)) {
  if (!file.endsWith(".test.ts") || slow.test(file)) continue;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  require(`./${file}`);
}
