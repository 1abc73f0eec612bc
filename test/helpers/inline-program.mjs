// Runs the program in a folder inline, in a process of its own, as a user's tool would: the SDK reports what a program
// throws through handlers of the process, which a test runner keeps for itself.
// Reads { folder, environment, operations: [{ name, options }] } from standard input.
import { createRequire } from "node:module";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";

const { folder, environment, operations } = JSON.parse(await text(process.stdin));
const require = createRequire(join(folder, "index.js"));

const stack = await LocalWorkspace.createOrSelectStack(
  { stackName: "test", projectName: "whm-test", program: async () => declareAnew() },
  { workDir: folder, envVars: environment },
);
try {
  for (const { name, options } of operations) await stack[name]({ color: "never", ...options });
} catch (error) {
  console.log(error.message);
  process.exitCode = 1;
}

/** A module runs once, and each operation has to run the program; packages stay as they are loaded. */
function declareAnew() {
  for (const file of Object.keys(require.cache))
    if (file.startsWith(join(folder, "/"))) delete require.cache[file];
  return require("./index.js");
}
