// Runs an inline program in a process of its own, as a user's tool would: the SDK reports what a program throws through
// handlers of the process, which a test runner keeps for itself. Reads { home, servers, program } from standard input.
import { text } from "node:stream/consumers";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import * as whm from "pulumi-whm";

const { home, servers, program, operations } = JSON.parse(await text(process.stdin));
const declare = new Function("whm", "servers", program);
const stack = await LocalWorkspace.createOrSelectStack(
  { stackName: "test", projectName: "inline", program: async () => declare(whm, servers) },
  {
    pulumiCommand: await PulumiCommand.get(),
    pulumiHome: home,
    envVars: {
      PULUMI_BACKEND_URL: `file://${home}`,
      PULUMI_CONFIG_PASSPHRASE: "correct horse battery staple",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    },
  },
);
try {
  for (const operation of operations) await stack[operation]();
} catch (error) {
  console.log(error.message);
  process.exitCode = 1;
}
