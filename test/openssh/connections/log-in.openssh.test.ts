import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../../../provider/schema/connection";
import type { Server as ServerSettings } from "../../../provider/schema/server";
import { startTestbed, type Testbed } from "../../testbed/testbed";
import { directories } from "../../testbed/directories";

let testbed: Testbed;
let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-whm-log-in-"));
  testbed = await startTestbed({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
});
afterAll(async () => {
  await testbed.stop();
  rmSync(folder, { recursive: true });
});

const directory = directories();

/** ns1 with another connection; what is undefined is left out. */
function ns1With(change: Partial<Connection>): ServerSettings {
  const { ns1 } = testbed.servers;
  const connection = { ...ns1!.connection!, ...change };
  const given = Object.entries(connection).filter(([, value]) => value !== undefined);
  return { ...ns1!, connection: Object.fromEntries(given) as unknown as Connection };
}

async function version(settings: ServerSettings): Promise<string | undefined> {
  const files = await directory({ ns1: settings }).get("ns1").files();
  return files.read("/usr/local/cpanel/version");
}

/** A key made by OpenSSH's own program. */
function newKey(name: string, ...words: string[]): string {
  const file = join(folder, name);
  const { status, stderr } = spawnSync("ssh-keygen", ["-q", "-f", file, ...words]);
  if (status !== 0) throw new Error(`ssh-keygen: ${stderr.toString()}`);
  testbed.sshd.authorize(readFileSync(`${file}.pub`, "utf8"));
  return file;
}

describe("log-in to an OpenSSH server", () => {
  test.each([
    ["ed25519", ["-t", "ed25519", "-N", ""]],
    ["rsa", ["-t", "rsa", "-b", "2048", "-N", ""]],
    ["ecdsa", ["-t", "ecdsa", "-N", ""]],
    ["pem", ["-t", "rsa", "-b", "2048", "-m", "PEM", "-N", ""]],
    ["pkcs8-rsa", ["-t", "rsa", "-b", "2048", "-m", "PKCS8", "-N", ""]],
    ["pkcs8-ecdsa", ["-t", "ecdsa", "-m", "PKCS8", "-N", ""]],
  ])("[E] accepts a key of type %s", async (name, words) => {
    const key = newKey(name, ...words);
    expect(await version(ns1With({ privateKey: readFileSync(key, "utf8") }))).toBe("11.136.0.5\n");
    expect(await version(ns1With({ privateKey: undefined, privateKeyFile: key }))).toBe("11.136.0.5\n");
  });

  test("[E] accepts an encrypted key, and never sends a wrong passphrase to the server", async () => {
    const privateKey = readFileSync(newKey("locked", "-t", "ed25519", "-N", "a passphrase"), "utf8");
    expect(await version(ns1With({ privateKey, privateKeyPassword: "a passphrase" }))).toBe("11.136.0.5\n");
    const connections = testbed.sshd.count("Connection from");
    await expect(version(ns1With({ privateKey, privateKeyPassword: "another" }))).rejects.toMatchObject({
      code: "invalid-value",
    });
    await expect(version(ns1With({ privateKey }))).rejects.toMatchObject({ code: "missing-credential" });
    expect(testbed.sshd.count("Connection from")).toBe(connections);
  });

  test("[E] accepts an encrypted PKCS #8 key, and an Ed25519 key as openssl writes it", async () => {
    const file = newKey("locked-pkcs8", "-t", "ecdsa", "-m", "PKCS8", "-N", "a passphrase");
    const privateKeyPassword = "a passphrase";
    const locked = { privateKey: undefined, privateKeyFile: file, privateKeyPassword };
    expect(await version(ns1With(locked))).toBe("11.136.0.5\n");
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const { x = "" } = publicKey.export({ format: "jwk" });
    const head = Buffer.from("0000000b7373682d6564323535313900000020", "hex");
    const blob = Buffer.concat([head, Buffer.from(x, "base64url")]);
    testbed.sshd.authorize(`ssh-ed25519 ${blob.toString("base64")}`);
    const text = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    expect(await version(ns1With({ privateKey: text }))).toBe("11.136.0.5\n");
  });

  test("[E] accepts a password", async () => {
    const password = process.env["BED_PASSWORD"]!;
    expect(await version(ns1With({ privateKey: undefined, password }))).toBe("11.136.0.5\n");
    expect(testbed.sshd.count("Accepted password")).toBe(1);
  });

  test("[E] stops at once after a refused credential: one connection, each credential sent once", async () => {
    const stranger = join(folder, "stranger");
    spawnSync("ssh-keygen", ["-q", "-f", stranger, "-t", "ed25519", "-N", ""]);
    const settings = ns1With({ privateKey: readFileSync(stranger, "utf8"), password: "not it" });
    const [connections, passwords] = [
      testbed.sshd.count("Connection from"),
      testbed.sshd.count("Failed password"),
    ];
    await expect(version(settings)).rejects.toMatchObject({ code: "refused-credential", server: "ns1" });
    expect(testbed.sshd.count("Connection from") - connections).toBe(1);
    expect(testbed.sshd.count("Failed password") - passwords).toBe(1);
  });
});

describe("an agent", () => {
  let agent: ChildProcess;
  const socket = (): string => join(folder, "agent");
  beforeAll(async () => {
    agent = spawn("ssh-agent", ["-D", "-a", socket()], { stdio: ["ignore", "pipe", "inherit"] });
    await once(agent.stdout!, "data");
    load(newKey("in-agent", "-t", "ed25519", "-N", ""));
  });
  afterAll(() => agent.kill());

  function load(...keys: string[]): void {
    const env = { ...process.env, SSH_AUTH_SOCK: socket() };
    expect(spawnSync("ssh-add", ["-q", ...keys], { env }).status).toBe(0);
  }

  test("[E] signs for a log-in", async () => {
    const settings = ns1With({ privateKey: undefined, agentSocketPath: socket() });
    expect(await version(settings)).toBe("11.136.0.5\n");
  });

  test("[E] with more keys than sshd lets anybody try signs with the one that is chosen", async () => {
    // Since 10.6 sshd hears of six keys before it counts six attempts.
    const strangers = Array.from({ length: 13 }, (_, index) => join(folder, `stranger-${index}`));
    for (const file of strangers) spawnSync("ssh-keygen", ["-q", "-f", file, "-t", "ed25519", "-N", ""]);
    const env = { ...process.env, SSH_AUTH_SOCK: socket() };
    spawnSync("ssh-add", ["-q", "-D"], { env });
    load(...strangers, join(folder, "in-agent"));
    const settings = (identity?: string): ServerSettings =>
      ns1With({ privateKey: undefined, agentSocketPath: socket(), ...(identity && { identity }) });
    await expect(version(settings())).rejects.toMatchObject({ code: "refused-credential" });
    const publicKey = readFileSync(join(folder, "in-agent.pub"), "utf8").trim();
    expect(await version(settings(publicKey))).toBe("11.136.0.5\n");
    const listed = spawnSync("ssh-add", ["-l"], { env }).stdout.toString().trim().split("\n").at(-1)!;
    expect(await version(settings(listed.split(" ")[1]))).toBe("11.136.0.5\n");
  });

  test("[E] is named in the error when it is missing, and nothing else is tried", async () => {
    const settings = ns1With({ privateKey: undefined, agentSocketPath: join(folder, "none") });
    await expect(version(settings)).rejects.toThrow(/agent/);
  });
});

describe("a bastion", () => {
  const through = (proxy: Partial<Connection> = {}): ServerSettings =>
    ns1With({ proxy: { ...testbed.servers["web1"]!.connection!, ...proxy } });

  test("[E] forwards to a server behind it, and both host keys are checked", async () => {
    const before = testbed.sshd.count("Accepted publickey");
    expect(await version(through())).toBe("11.136.0.5\n");
    expect(testbed.sshd.count("Accepted publickey") - before).toBe(2);
  });

  test("[E] is named in the error when it refuses the log-in", async () => {
    await expect(version(through({ privateKey: undefined, password: "not it" }))).rejects.toMatchObject({
      code: "refused-credential",
      phrase: `open an SSH connection to the bastion ${testbed.servers["web1"]!.address} port ${testbed.port}`,
    });
  });
});
