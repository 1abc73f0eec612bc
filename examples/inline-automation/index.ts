import { readFileSync } from "node:fs";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import * as whm from "pulumi-whm";

// Your own tool that runs Pulumi: `ts-node index.ts up servers.json`. A control panel would call the same functions when
// a new web server is ready.
const [operation, file = "servers.json"] = process.argv.slice(2);
const { ns1, ns2, ...webServers } = JSON.parse(readFileSync(file, "utf8")) as Record<
  "web1" | "ns1" | "ns2",
  whm.ServerArgs
>;

/** The content of index.ts in an ordinary Pulumi project. It runs once for each operation. */
function declareCluster(): Record<string, unknown> {
  const shape = whm.directLinks({ webServers, nameservers: { ns1, ns2 } });
  const cluster = new whm.DnsCluster("cluster", shape);
  return { shape: cluster.shape };
}

async function main(): Promise<void> {
  const project = { stackName: "dev", projectName: "inline-automation" };
  const program = () => Promise.resolve(declareCluster());
  const stack = await LocalWorkspace.createOrSelectStack({ ...project, program }, { workDir: __dirname });
  const onOutput = (text: string) => process.stdout.write(text);
  if (operation === "up") await stack.up({ onOutput });
  else if (operation === "destroy") await stack.destroy({ onOutput });
  else await stack.preview({ onOutput });
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
