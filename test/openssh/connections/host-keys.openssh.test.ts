import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { makeKeyPair } from "../../../provider/simulator/credentials";
import { startTestbed, type Testbed } from "../../testbed/testbed";
import { homeFolder } from "../../helpers/home-folder";
import { directories } from "../../testbed/directories";

let testbed: Testbed;
const inHome = homeFolder();
beforeAll(async () => {
  testbed = await startTestbed({ servers: { ns1: { type: "dnsonly" } } });
});
afterAll(() => testbed.stop());

const directory = directories();

async function readVersion(hostKey: string | undefined): Promise<string | undefined> {
  const { hostKey: _pinned, ...connection } = testbed.servers["ns1"]!.connection!;
  const settings = { ...testbed.servers["ns1"]!, connection: { ...connection, ...(hostKey && { hostKey }) } };
  const files = await directory({ ns1: settings }).get("ns1").files();
  return files.read("/usr/local/cpanel/version");
}

/** As `ssh-keygen -lf` prints it. */
function fingerprintOf(publicKey: string): string {
  const file = inHome("key.pub");
  writeFileSync(file, `${publicKey}\n`);
  return /SHA256:\S+/.exec(spawnSync("ssh-keygen", ["-lf", file]).stdout.toString())![0];
}

function scan(...words: string[]): string {
  return spawnSync("ssh-keyscan", [
    ...words,
    "-p",
    String(testbed.port),
    testbed.servers["ns1"]!.address!,
  ]).stdout.toString();
}

describe("the host key of an OpenSSH server", () => {
  test.each([
    ["plain", []],
    ["hashed", ["-H"]],
  ])("[E] is recognised from %s lines of ssh-keyscan", async (kind, words) => {
    const lines = scan(...words);
    expect(lines).toMatch(kind === "hashed" ? /^\|1\|/m : /^\[127\./m);
    writeFileSync(inHome(".ssh", "known_hosts"), lines);
    expect(await readVersion(undefined)).toBe("11.136.0.5\n");
  });

  test("[E] is refused with its fingerprint before any credential is sent if it is unknown", async () => {
    writeFileSync(inHome(".ssh", "known_hosts"), "");
    const keys = testbed.sshd.count("Accepted key");
    const refused = readVersion(undefined);
    await expect(refused).rejects.toMatchObject({ code: "unknown-host-key" });
    await expect(refused).rejects.toThrow(fingerprintOf(testbed.servers["ns1"]!.connection!.hostKey!));
    expect(testbed.sshd.count("Accepted key")).toBe(keys);
  });

  test.each(["hostKey", "known_hosts"])(
    "[E] is refused with both fingerprints if it differs from %s",
    async (place) => {
      const other = makeKeyPair().publicKey;
      const label = `[${testbed.servers["ns1"]!.address}]:${testbed.port}`;
      writeFileSync(inHome(".ssh", "known_hosts"), `${label} ${other}\n`);
      const keys = testbed.sshd.count("Accepted key");
      const refused = readVersion(place === "hostKey" ? other : undefined);
      await expect(refused).rejects.toMatchObject({ code: "changed-host-key", server: "ns1" });
      await expect(refused).rejects.toThrow(fingerprintOf(other));
      await expect(refused).rejects.toThrow(fingerprintOf(testbed.servers["ns1"]!.connection!.hostKey!));
      expect(testbed.sshd.count("Accepted key")).toBe(keys);
    },
  );
});
