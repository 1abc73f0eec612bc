import type { Client } from "ssh2";
import type { Server } from "../../../provider/schema/server";
import { startSimulator, type Simulator, type SimulatorOptions } from "../../../provider/simulator";
import { login } from "./ssh-client";

/** A simulator and the SSH clients of one test. */
export interface Simulation {
  readonly sim: Simulator;
  readonly server: (name: string) => Server;
  readonly ssh: (name: string) => Promise<Client>;
}

const stops: (() => Promise<void>)[] = [];

/** Starts a simulator that `stopSimulations` stops. */
export async function simulate(options: SimulatorOptions): Promise<Simulation> {
  const sim = await startSimulator(options);
  const clients: Client[] = [];
  stops.push(async () => {
    for (const client of clients) client.on("error", () => undefined).end();
    await sim.stop();
  });
  const server = (name: string): Server => {
    const found = sim.servers[name];
    if (!found) throw new Error(`no server ${name}`);
    return found;
  };
  const ssh = async (name: string): Promise<Client> => {
    const client = await login(server(name));
    clients.push(client);
    return client;
  };
  return { sim, server, ssh };
}

/** For `afterEach`. */
export async function stopSimulations(): Promise<void> {
  await Promise.all(stops.splice(0).map((stop) => stop()));
}
