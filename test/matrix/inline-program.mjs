// Runs the program in a folder inline, in a process of its own, as a user's tool would: the SDK reports what a program
// throws through handlers of the process, which a test runner keeps for itself.
// Reads { folder, environment, operation: { name, options } } from standard input.
import { createRequire } from "node:module";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";

const { folder, environment, operation } = JSON.parse(await text(process.stdin));
const require = createRequire(join(folder, "index.js"));

const stack = await LocalWorkspace.createOrSelectStack(
  { stackName: "test", projectName: "whm-test", program: async () => require("./index.js") },
  { workDir: folder, envVars: environment },
);
try {
  await stack[operation.name]({ color: "never", ...operation.options });
} catch (error) {
  console.log(error.message);
  process.exitCode = 1;
}
