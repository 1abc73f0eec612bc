import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { ServerRegistry } from "../../../provider/servers";
import { startTestbed, type Testbed } from "../../testbed/testbed";
import { directories } from "../../testbed/directories";

const count = 60;
const directory = directories();
jest.setTimeout(120_000);

let testbed: Testbed;
beforeAll(async () => {
  const names = Array.from({ length: count }, (_, index) => `ns${index}`);
  testbed = await startTestbed({
    servers: Object.fromEntries(names.map((name) => [name, { type: "dnsonly" }])),
  });
});
afterAll(() => testbed.stop());

async function readAll(servers: ServerRegistry): Promise<(string | undefined)[]> {
  return Promise.all(
    servers.names().flatMap((name) =>
      ["/usr/local/cpanel/version", "/var/cpanel/cpanel.config"].map(async (path) => {
        const files = await servers.get(name).files();
        return files.read(path);
      }),
    ),
  );
}

/** Connections with sshd's port at this end that are open now. */
function openConnections(): number {
  const port = testbed.port.toString(16).toUpperCase().padStart(4, "0");
  const lines = readFileSync("/proc/net/tcp", "utf8").split("\n");
  return lines.filter((line) => new RegExp(`^ *\\d+: \\w+:${port} \\w+:\\w+ 01 `).test(line)).length;
}

test("[E] 60 servers need one log-in each, at most ten at once; none is dropped, and all are closed at the end", async () => {
  const servers = directory(testbed.servers);
  const read = await readAll(servers);
  expect(read.filter((text) => text === undefined)).toEqual([]);
  await readAll(servers);
  expect(testbed.sshd.count("Accepted publickey")).toBe(count);
  expect(testbed.sshd.count("Starting session")).toBe(count);
  // sshd lets ten log-ins be under way and then begins to drop connections: MaxStartups 10:30:100.
  expect(testbed.sshd.mostUnderWay()).toBeGreaterThan(1);
  expect(testbed.sshd.mostUnderWay()).toBeLessThanOrEqual(10);
  expect(testbed.sshd.log()).not.toMatch(/drop connection|beginning MaxStartups/);
  expect(openConnections()).toBe(count);

  await servers.close();
  for (let tries = 0; tries < 100 && openConnections() > 0; tries += 1) await pause(50);
  expect(openConnections()).toBe(0);
});
