import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../../../provider/schema/connection";
import type { Server as ServerSettings } from "../../../provider/schema/server";
import { directories } from "../../testbed/directories";
import { everyOpenSsh } from "../../testbed/openssh";
import { startTestbed, type Testbed } from "../../testbed/testbed";

// What every run tries against each OpenSSH that is to be had; the other files are tried against one of them, which is drawn.

/** Its post-quantum key exchange, by version; that of later versions is mlkem768x25519-sha256. */
const postQuantum: Record<string, string> = {
  "8.4": "sntrup4591761x25519-sha512@tinyssh.org",
  "9.2": "sntrup761x25519-sha512@openssh.com",
};

const directory = directories();

describe.each(everyOpenSsh())("OpenSSH $version", (openSsh) => {
  let testbed: Testbed;
  let keys = "";
  beforeAll(async () => {
    keys = mkdtempSync(join(tmpdir(), "pulumi-whm-versions-"));
    const server = { type: "dnsonly", commandLine: true } as const;
    const few = { ...server, sshd: ["MaxSessions 1"] };
    const certified = {
      ...server,
      sshd: ["AuthorizedKeysFile none", `TrustedUserCAKeys ${join(keys, "ca.pub")}`],
    };
    spawnSync("ssh-keygen", ["-q", "-f", join(keys, "ca"), "-t", "ed25519", "-N", ""]);
    testbed = await startTestbed({ servers: { ns1: server, few, gate: server, certified }, openSsh });
  });
  afterAll(async () => {
    await testbed.stop();
    rmSync(keys, { recursive: true });
  });

  function settingsOf(name: string, change: Partial<Connection> = {}): ServerSettings {
    const { api: _api, ...server } = testbed.servers[name]!;
    return { ...server, connection: { ...server.connection!, ...change } };
  }

  /** Writes a file, reads it, and runs a program, on one server. */
  async function work(name: string, change: Partial<Connection> = {}): Promise<unknown[]> {
    const server = directory({ [name]: settingsOf(name, change) }).get(name);
    const files = await server.files();
    await files.writeAtomically("/etc/note", "as it was written\n", {
      mode: 0o600,
      temporaryDirectory: "/etc",
    });
    const { api } = server;
    const answer = await api.call("read the version", "version", {}, { mutation: false });
    return [await files.read("/etc/note"), answer];
  }

  const done = ["as it was written\n", { version: "11.136.0.5" }];

  test.each(["ed25519", "ecdsa", "rsa"])(
    "[E] lets a key of type %s in, alone or by its certificate, and serves files and programs",
    async (type) => {
      const file = join(keys, type);
      spawnSync("ssh-keygen", ["-q", "-f", file, "-t", type, "-N", ""]);
      testbed.sshd.authorize(readFileSync(`${file}.pub`, "utf8"));
      expect(await work("ns1", { privateKey: readFileSync(file, "utf8") })).toEqual(done);
      spawnSync("ssh-keygen", ["-q", "-s", join(keys, "ca"), "-I", type, "-n", "root", `${file}.pub`]);
      expect(await work("certified", { privateKey: undefined, privateKeyFile: file })).toEqual(done);
    },
  );

  test("[E] lets a password in, forwards as a bastion, and serves on one session after another", async () => {
    expect(await work("ns1", { privateKey: undefined, password: process.env["BED_PASSWORD"]! })).toEqual(
      done,
    );
    expect(await work("ns1", { proxy: testbed.servers["gate"]!.connection! })).toEqual(done);
    expect(await work("few")).toEqual(done);
  });
});

describe.each(everyOpenSsh())("OpenSSH $version that takes post-quantum key exchanges alone", (openSsh) => {
  test("[E] is told in one sentence, with what to add", async () => {
    const method = postQuantum[openSsh.version] ?? "mlkem768x25519-sha256";
    const settings = [`KexAlgorithms ${method}`];
    const testbed = await startTestbed({ servers: { ns1: { type: "dnsonly" } }, sshd: settings, openSsh });
    const opening = directory(testbed.servers).get("ns1").files();
    await expect(opening).rejects.toMatchObject({
      code: "unexpected-reply",
      said: `no key exchange in common: the server offers post-quantum ones only, ${method}`,
      wayOut: expect.stringMatching(/^Add one of these to KexAlgorithms .*: curve25519-sha256/) as string,
    });
    await testbed.stop();
  });
});
