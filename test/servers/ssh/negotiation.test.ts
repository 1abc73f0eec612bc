import { ErrorReporter } from "../../../provider/servers/errors";
import { Negotiation } from "../../../provider/servers/ssh/negotiation";

/** A handshake that ended at a subject, as ssh2 tells it. */
function ended(subject: string, local: string, remote: string): Negotiation {
  const negotiation = new Negotiation();
  for (const line of [
    "Inbound: Handshake in progress",
    "Handshake: (local) KEX method: curve25519-sha256,kex-strict-c-v00@openssh.com",
    "Handshake: (remote) KEX method: curve25519-sha256,ext-info-s",
    `Handshake: (local) ${subject}: ${local}`,
    `Handshake: (remote) ${subject}: ${remote}`,
    `Handshake: no matching ${subject}`,
  ])
    negotiation.follow(line);
  return negotiation;
}

const reporter = new ErrorReporter("ns1");

describe("a handshake without a common algorithm", () => {
  test.each([
    ["KEX method", "key exchange", "KexAlgorithms"],
    ["Host key format", "host key algorithm", "HostKeyAlgorithms"],
    ["C->S cipher", "cipher", "Ciphers"],
    ["S->C cipher", "cipher", "Ciphers"],
    ["C->S MAC", "message authentication code", "MACs"],
    ["S->C MAC", "message authentication code", "MACs"],
  ])("[U] names both offers and the setting: %s", (subject, name, setting) => {
    const error = ended(subject, "a,b", "x,y").error("log in", reporter);
    expect(error?.message).toBe(
      `Failed to log in on ns1: no ${name} in common: the server offers x, y [unexpected-reply]. ` +
        `Add one of these to ${setting} in its sshd_config: a, b.`,
    );
  });

  test("[U] leaves out names that are no algorithms, and says that all are post-quantum", () => {
    const local = "curve25519-sha256,ext-info-c,kex-strict-c-v00@openssh.com";
    const remote = "mlkem768x25519-sha256,sntrup761x25519-sha512,ext-info-s,kex-strict-s-v00@openssh.com";
    const error = ended("KEX method", local, remote).error("log in", reporter);
    expect(error?.said).toBe(
      "no key exchange in common: the server offers post-quantum ones only, mlkem768x25519-sha256, sntrup761x25519-sha512",
    );
    expect(error?.wayOut).toMatch(/: curve25519-sha256\.$/);
  });

  test("[U] shows no more than 200 characters of the server's list, and no control characters", () => {
    const error = ended("C->S cipher", "a", `\u001b[2J${"x".repeat(500)}`).error("log in", reporter);
    expect(error?.said).toMatch(/offers x{195,}…$/);
    expect(error?.said.length).toBeLessThan(260);
  });

  test.each([
    ["ssh-rsa alone", "rsa-sha2-512,rsa-sha2-256", "ssh-rsa", true],
    ["another kind beside it that is not the known one", "rsa-sha2-512", "ssh-rsa,ssh-ed25519", true],
    ["another kind, and a known key that is not RSA", "ecdsa-sha2-nistp256", "ssh-rsa", false],
    ["no RSA key", "rsa-sha2-512", "ssh-ed25519", false],
  ])("[U] tells SHA-1 from another key: %s", (_case, local, remote, expected) => {
    const negotiation = ended("Host key format", local, remote);
    expect(negotiation.signsWithSha1Only).toBe(expected);
  });

  test("[U] says nothing if ssh2 said nothing", () => {
    expect(new Negotiation().error("log in", reporter)).toBeUndefined();
  });
});
