import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

const dnsPort = 53;

/**
 * Answers for a nameserver at an address of a testbed: BIND listens only at addresses of the machine's interfaces, and of
 * the whole loopback network that is one.
 *
 * @param port where the nameserver listens, at 127.0.0.1
 */
export async function relayDns(address: string, port: number): Promise<Socket> {
  const door = createSocket("udp4");
  door.on("message", (query, from) => {
    const way = createSocket("udp4");
    way.once("message", (answer) => {
      door.send(answer, from.port, from.address);
      way.close();
    });
    way.send(query, port, "127.0.0.1");
    way.unref();
  });
  door.bind(dnsPort, address);
  await once(door, "listening");
  return door;
}
