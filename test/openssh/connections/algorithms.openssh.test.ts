import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestbed, type Testbed } from "../../testbed/testbed";
import { directories } from "../../testbed/directories";

const directory = directories();

/** Starts an sshd with these settings, and returns the error of a log-in to it. */
async function refusal(settings: string[], hostKey?: string): Promise<Error & { code?: string }> {
  const testbed: Testbed = await startTestbed({ servers: { ns1: { type: "dnsonly" } }, sshd: settings });
  const { ns1 } = testbed.servers;
  const connection = { ...ns1!.connection!, ...(hostKey !== undefined && { hostKey }) };
  try {
    await directory({ ns1: { ...ns1!, connection } })
      .get("ns1")
      .files();
    throw new Error("It was let in.");
  } catch (error) {
    return error as Error;
  } finally {
    expect(testbed.sshd.count("Accepted")).toBe(0);
    await testbed.stop();
  }
}

describe("an OpenSSH server that has no algorithm in common", () => {
  test.each([
    [
      "cipher",
      "Ciphers aes256-cbc",
      /no cipher in common: the server offers aes256-cbc \[.*Ciphers .*aes256-gcm/,
    ],
    [
      "message authentication code",
      "Ciphers aes256-ctr\nMACs umac-64@openssh.com",
      /no message authentication code in common: the server offers umac-64@openssh\.com \[.*MACs .*hmac-sha2-256/,
    ],
  ])("[E] is told with both offers in one sentence: %s", async (_what, settings, sentence) => {
    const error = await refusal(settings.split("\n"));
    expect(error).toMatchObject({ code: "unexpected-reply", server: "ns1" });
    expect(error.message).toMatch(sentence);
  });
});

describe("an OpenSSH server that proves its RSA key with SHA-1 only", () => {
  let folder = "";
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "pulumi-whm-rsa-"))));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("[E] is not said to have changed its key, and gets no credential", async () => {
    const file = join(folder, "rsa");
    spawnSync("ssh-keygen", ["-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", file]);
    const settings = [`HostKey ${file}`, "HostKeyAlgorithms ssh-rsa"];
    const error = await refusal(settings, readFileSync(`${file}.pub`, "utf8"));
    expect(error).toMatchObject({ code: "unexpected-reply" });
    expect(error.message).toMatch(/proves its RSA key with SHA-1 only, .* it offers ssh-rsa \[/);
  });
});
