import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { startTestbed, type Testbed } from "../../testbed/testbed";
import { directories } from "../../testbed/directories";

let testbed: Testbed;
let mute: Server;
beforeAll(async () => {
  testbed = await startTestbed({ servers: { ns1: { type: "dnsonly" }, ns2: { type: "dnsonly" } } });
  mute = createServer(() => undefined);
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  mute.close();
  await testbed.stop();
});

const directory = directories();

test("[E] a host that accepts a connection and sends nothing fails at its deadline and delays no other host", async () => {
  const { connection } = testbed.servers["ns1"]!;
  const place = { host: "127.0.0.1", port: (mute.address() as AddressInfo).port };
  const silent = { ...connection!, ...place, perDialTimeout: 1, dialErrorLimit: 2 };
  const servers = directory({ ...testbed.servers, ns1: { ...testbed.servers["ns1"]!, connection: silent } });
  const started = Date.now();
  const refused = servers.get("ns1").files();
  const order: string[] = [];
  void refused.catch(() => order.push("ns1"));
  const files = await servers.get("ns2").files();
  expect(await files.read("/usr/local/cpanel/version")).toBe("11.136.0.5\n");
  expect(order).toEqual([]); // ns1 is still waited for.
  await expect(refused).rejects.toMatchObject({ code: "timed-out", server: "ns1" });
  await expect(refused).rejects.toThrow(/within 1 second \(tried 2 times\)/);
  expect(Date.now() - started).toBeLessThan(5_000);
});
