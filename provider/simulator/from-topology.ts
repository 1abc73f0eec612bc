import type { PlainServer } from "../schema/server";
import { startSimulator, type Simulator } from "./simulator";

/**
 * Starts one server for each server of a topology file. The values in `sim.servers` keep everything that the file says
 * of a server, including its version, so that the same rules judge both.
 */
export async function startFromTopology(servers: Readonly<Record<string, PlainServer>>): Promise<Simulator> {
  const simulator = await startSimulator({ servers });
  for (const [name, declared] of Object.entries(servers)) {
    const running = simulator.servers[name];
    if (running) simulator.servers[name] = { ...declared, ...running };
  }
  return simulator;
}
