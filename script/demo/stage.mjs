import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator } from "pulumi-whm/simulator";
import { duration } from "../shared/duration.mjs";
import { root } from "../shared/paths.mjs";
import { PulumiStack } from "./pulumi-stack.mjs";

/** An entry that somebody made by hand, to show that it is left alone. */
const trustedByHand = "# the office\n198.51.100.77\n";

const cast = {
  web1: { type: "cpanel", files: { "/etc/ips.remotedns": trustedByHand } },
  ns1: { type: "dnsonly" },
  ns2: { type: "dnsonly" },
};

/**
 * The simulated servers, and a Pulumi stack of examples/direct-links that knows them. State, configuration and
 * Pulumi's own files lie in a temporary folder: nothing is written into the clone.
 */
export async function openStage(engine) {
  const started = performance.now();
  const simulator = await startSimulator({ servers: cast });
  const folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-whm-demo-")));
  const close = async () => {
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const stack = await makeStack(folder, engine);
    console.log(`\nThree simulated servers (${duration(performance.now() - started)}):`);
    for (const name of Object.keys(cast)) {
      const { type, address } = simulator.servers[name];
      console.log(`   ${name} ${type} ${address}`);
    }
    console.log(`Pulumi ${engine.version} from ${engine.folder}, with its state in ${folder}`);
    const stage = { simulator, stack, close, before: {} };
    await tellServers(stage);
    stage.before = snapshots(simulator);
    return stage;
  } catch (error) {
    await close();
    throw error;
  }
}

/** Writes how to reach the servers into the stack's configuration: encrypted, and through standard input. */
export async function tellServers({ simulator, stack }) {
  await stack.setSecret("whm:servers", JSON.stringify(simulator.servers));
}

/** All files of all servers, by server and path. */
export function snapshots(simulator) {
  const names = Object.keys(simulator.servers);
  return Object.fromEntries(names.map((name) => [name, simulator.files(name).snapshot()]));
}

async function makeStack(folder, engine) {
  const home = join(folder, "home");
  await mkdir(home);
  // YAML reads JSON, and JSON needs no thought about quoting.
  const project = { name: "demo", runtime: "nodejs", main: join(root, "examples", "direct-links") };
  await writeFile(join(folder, "Pulumi.yaml"), JSON.stringify(project));
  const stack = new PulumiStack({ folder, home, engineFolder: engine.folder });
  await stack.create();
  return stack;
}
