// One run with 500 servers and 2,000 links on the simulator: it ends without error, and the provider process stays small.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { findEngine } from "../script/setup/engine/find-engine.mjs";
import { fleetProgram, SimulatedFleet } from "./fleet/simulated-fleet.mjs";
import { PulumiStack } from "./peers/tools/pulumi-stack.mjs";

const size = { clusters: 20, webServers: 20, nameservers: 5 };

/** Megabytes that the provider process may take. */
const mostMemory = 1024;

/** Measures and prints. Returns a line for each limit that is broken. */
export default async function run() {
  const { folder: engine } = await findEngine();
  const folder = mkdtempSync(join(tmpdir(), "pulumi-whm-scale-"));
  const fleet = await SimulatedFleet.start(folder, size);
  try {
    const { seconds, providerMb, stateBytes } = await apply(folder, engine);
    console.log(`500 servers, 2,000 links: ${seconds.toFixed(0)} s, ${stateBytes} bytes of state`);
    console.log(`The provider process took ${providerMb} MB at most.`);
    return providerMb > mostMemory
      ? [`the provider process took ${providerMb} MB, more than ${mostMemory}`]
      : [];
  } finally {
    await fleet.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The file backend writes the whole state with every step: with 12,000 steps nothing else would be measured. */
async function apply(folder, engine) {
  const environment = {
    PATH: [engine, process.env.PATH].join(delimiter),
    PULUMI_SKIP_CHECKPOINTS: "true",
    PULUMI_EXPERIMENTAL: "true",
  };
  const stack = await PulumiStack.make(folder, { program: fleetProgram, environment });
  const measured = await stack.pulumi("up", "--yes", "--skip-preview");
  return { ...measured, stateBytes: stack.stateBytes };
}
