import { createPrivateKey, X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:tls";
import { selfSigned } from "../../provider/simulator/self-signed";

describe("a certificate of the simulator", () => {
  const made = selfSigned("ns1.example.com");
  const read = new X509Certificate(made.cert);

  test("[U] is read by Node, for its host name and its key, and signed by itself", () => {
    expect(read.checkHost("ns1.example.com")).toBe("ns1.example.com");
    expect(read.checkHost("ns2.example.com")).toBeUndefined();
    expect(read.subject).toBe("CN=ns1.example.com");
    expect(read.checkPrivateKey(createPrivateKey(made.key))).toBe(true);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.checkIssued(read)).toBe(true);
    expect(read.ca).toBe(true);
  });

  test("[U] is valid since yesterday, for a year", () => {
    const days = (date: string): number => Math.round((Date.parse(date) - Date.now()) / 86_400_000);
    expect([days(read.validFrom), days(read.validTo)]).toEqual([-1, 365]);
  });

  test("[U] has a positive serial number of its own", () => {
    const serials = Array.from({ length: 20 }, () => new X509Certificate(selfSigned("a").cert).serialNumber);
    expect(new Set(serials).size).toBe(20);
    expect(serials.filter((serial) => !/^[4-7][0-9A-F]{31}$/.test(serial))).toEqual([]);
  });

  test.each(["a", "a".repeat(63), `${"long-label.".repeat(20)}example.com`])(
    "[U] can name the host %s",
    (name) => {
      expect(new X509Certificate(selfSigned(name).cert).subjectAltName).toBe(`DNS:${name}`);
    },
  );

  test("[I] is accepted as the authority of its server", async () => {
    const server = createServer({ key: made.key, cert: made.cert }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const socket = connect({ host: "127.0.0.1", port, ca: made.cert, servername: "ns1.example.com" });
    await once(socket, "secureConnect");
    expect(socket.authorized).toBe(true);
    socket.destroy();
    server.close();
    await once(server, "close");
  });
});
