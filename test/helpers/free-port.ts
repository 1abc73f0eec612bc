import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

export const loopback = "127.0.0.1";

/** A port of loopback that nobody has, for programs that do not tell which one they were given. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, loopback);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
