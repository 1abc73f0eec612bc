import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server as TcpServer } from "node:net";
import { Client, type ParsedKey, Server } from "ssh2";
import { type Certificate, parseCertificate } from "../../../provider/servers/ssh/certificates/certificate";
import { certifiedKey } from "../../../provider/servers/ssh/certificates/certified-key";
import { offerCertificates } from "../../../provider/servers/ssh/certificates/offer-certificates";
import { parsePrivateKey } from "../../../provider/servers/ssh/private-key";
import { WireReader } from "../../../provider/servers/ssh/wire";
import { keyPair } from "../helpers/keys";
import { makeCertificate } from "../helpers/make-certificate";

// Reaches into ssh2, with its own server at the other end: this fails first if a later ssh2 is made otherwise.

/** What a server is shown by a log-in. */
interface Shown {
  algorithm: string;
  key: Buffer;
  /** Undefined while a key is only offered. */
  signature?: Buffer | undefined;
  data?: Buffer | undefined;
}

const servers: TcpServer[] = [];
afterAll(() => servers.forEach((server) => server.close()));

async function startServer(seen: Shown[]): Promise<number> {
  const ssh = new Server({ hostKeys: [keyPair().privateKey] }, (client) => {
    client.on("error", () => undefined);
    client.on("authentication", (attempt) => {
      if (attempt.method !== "publickey") return attempt.reject(["publickey"]);
      const { key, signature, blob } = attempt;
      seen.push({ algorithm: key.algo, key: key.data, signature, data: blob });
      attempt.accept();
    });
  });
  const server = createServer((socket) => ssh.injectSocket(socket));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as { port: number }).port;
}

async function logIn(key: ParsedKey, port: number): Promise<Certificate[]> {
  const client = new Client();
  const noted: Certificate[] = [];
  await new Promise<void>((resolve, reject) => {
    client.on("ready", resolve).on("error", reject);
    const methods = [{ type: "publickey", username: "root", key }] as const;
    client.connect({ host: "127.0.0.1", port, username: "root", authHandler: [...methods] });
    offerCertificates(client, (certificate) => noted.push(certificate));
  });
  client.end();
  return noted;
}

function newKey(name: string): ParsedKey {
  const pem = { type: "pkcs8", format: "pem" } as const;
  const pair =
    name === "ed25519"
      ? generateKeyPairSync("ed25519")
      : name === "rsa"
        ? generateKeyPairSync("rsa", { modulusLength: 2048 })
        : generateKeyPairSync("ec", { namedCurve: "P-384" });
  return parsePrivateKey(pair.privateKey.export(pem).toString(), undefined) as ParsedKey;
}

test.each([
  ["ed25519", "ssh-ed25519", undefined],
  ["rsa", "rsa-sha2-256", "sha256"],
  ["ecdsa", "ecdsa-sha2-nistp384", undefined],
])("[I] ssh2 shows a certificate and signs under the plain name: %s", async (name, algorithm, hash) => {
  const key = newKey(name);
  const certificate = parseCertificate(makeCertificate({ key: key.getPublicSSH(), type: 1 }))!;
  const seen: Shown[] = [];
  const noted = await logIn(certifiedKey(key, certificate), await startServer(seen));
  expect(noted).toEqual([certificate]);
  expect(seen.map((each) => each.algorithm)).toEqual(Array(2).fill(`${algorithm}-cert-v01@openssh.com`));
  expect(seen.every((each) => each.key.equals(certificate.blob))).toBe(true);
  const { signature, data } = seen[1]!;
  const reader = new WireReader(signature!);
  expect(reader.text()).toBe(algorithm);
  const bytes = reader.bytesOf();
  expect(reader.isAtEnd).toBe(true);
  if (name !== "ecdsa") expect(key.verify(data!, bytes, hash)).toBe(true);
});

test("[I] ssh2 shows a key alone as before", async () => {
  const key = newKey("ed25519");
  const seen: Shown[] = [];
  expect(await logIn(key, await startServer(seen))).toEqual([]);
  expect(seen[1]).toMatchObject({ algorithm: "ssh-ed25519", key: key.getPublicSSH() });
  expect(key.verify(seen[1]!.data!, seen[1]!.signature!)).toBe(true);
});

test("[I] an ssh2 that offers keys in another way is left alone", () => {
  const client = Object.assign(new Client(), { _protocol: {} });
  expect(() => offerCertificates(client, () => undefined)).not.toThrow();
});
