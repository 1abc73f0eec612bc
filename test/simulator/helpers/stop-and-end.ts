import { startSimulator } from "../../../provider/simulator";
import { call } from "./https-client";
import { login, openSftp } from "./ssh-client";

// A program of its own: it ends only if a stopped simulator holds nothing open, not even with answers outstanding.
async function main(): Promise<void> {
  const sim = await startSimulator({ servers: { ns1: { type: "dnsonly" } } });
  const { ns1 } = sim.servers;
  if (!ns1) throw new Error("no server");
  const client = await login(ns1);
  client.on("error", () => undefined);
  const sftp = await openSftp(client);
  sim.fault("ns1", "slow", { ms: 3_600_000 });
  sftp.stat("/etc", () => undefined);
  call(ns1, "version").catch(() => undefined);
  await until(() => sim.journal().some(({ operation }) => operation === "stat"));
  await until(() => sim.journal().some(({ operation }) => operation === "version"));
  sim.fault("ns1", "silent");
  login(ns1).catch(() => undefined);
  await until(() => sim.journal().filter(({ operation }) => operation === "connect").length === 2);
  await sim.stop();
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 2));
}

void main();
