import { Network } from "../../provider/simulator/network";

test("connections from one local port to two doors come each from its own server, also when one has ended", () => {
  const network = new Network();
  const [toWeb1, toNs1] = [4001, 4002].map((localPort) => ({ remotePort: 50_000, localPort }));
  network.rememberSource(toWeb1!, "192.0.2.20");
  network.rememberSource(toNs1!, "192.0.2.10");
  network.forgetSource(toWeb1!);
  expect(network.sourceOf(toWeb1!)).toBeUndefined();
  expect(network.sourceOf(toNs1!)).toBe("192.0.2.10");
});
