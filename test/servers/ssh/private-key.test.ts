import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { type ParsedKey, utils } from "ssh2";
import { ErrorReporter } from "../../../provider/servers/errors";
import { Secret } from "../../../provider/servers/secret";
import { readPrivateKey } from "../../../provider/servers/ssh/private-key";

const kinds = {
  "RSA of 2048 bits": () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
  "ECDSA on P-256": () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
  "ECDSA on P-521": () => generateKeyPairSync("ec", { namedCurve: "P-521" }),
  Ed25519: () => generateKeyPairSync("ed25519"),
};

const passphrase = "a pass phrase";

function read(privateKey: string, given?: string): ReturnType<typeof readPrivateKey> {
  const secret = (text: string | undefined): Secret | undefined =>
    text === undefined ? undefined : new Secret(text);
  const credentials = { privateKey: secret(privateKey), passphrase: secret(given) };
  const none = { agentSocket: undefined, identity: undefined, password: undefined };
  return readPrivateKey({ ...credentials, ...none }, new ErrorReporter("ns1"));
}

function pkcs8(key: KeyObject, secret?: string): string {
  const encrypted = secret === undefined ? {} : { cipher: "aes-256-cbc", passphrase: secret };
  return key.export({ type: "pkcs8", format: "pem", ...encrypted }).toString();
}

function refusal(privateKey: string, given?: string): Error {
  try {
    read(privateKey, given);
  } catch (error) {
    return error as Error;
  }
  throw new Error("It was read.");
}

function codeOf(key: string, given: string): string | undefined {
  try {
    createPrivateKey({ key, passphrase: given });
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

// A thrown-away key of P-256, from `openssl pkcs8 -topk8 -v1 PBE-MD5-DES`.
const encryptedWithMd5AndDes = `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGwMBsGCSqGSIb3DQEFAzAOBAjimq5GG3hZ2gICCAAEgZBQqYBtKoRF0yo0awc4
hmzn03VhWIHFecYR95AY1dQ6OpM6kVJ0KrIAeI1n9ThG4pmR2+a2WNKnwImG4gyv
oTqDFpoh9AZTFvqdeH8wQt+ERnDttchdYIyrJAJ4rqqL3fkI8vaIsIqGpi59MWk5
sGzkk8ULvCbX2PybpyE36hrJoSduJhG6TPPn7JbQq4qOOoY=
-----END ENCRYPTED PRIVATE KEY-----`;

describe("a private key as PKCS #8", () => {
  describe.each(Object.entries(kinds))("%s", (_kind, make) => {
    const { privateKey, publicKey } = make();

    test.each([
      ["without a passphrase", pkcs8(privateKey), undefined],
      ["encrypted", pkcs8(privateKey, passphrase), passphrase],
      ["with line ends of Windows", pkcs8(privateKey).replaceAll("\n", "\r\n"), undefined],
      ["with a passphrase that it does not need", pkcs8(privateKey), passphrase],
    ])("[U] signs for its public key %s", (_how, text, given) => {
      const key = read(text, given);
      const data = Buffer.from("data");
      const shown = utils.parseKey(`${key.type} ${key.getPublicSSH().toString("base64")}`) as ParsedKey;
      expect(shown.verify(data, key.sign(data))).toBe(true);
      // The same pair as Node's, and not only a pair.
      expect(createPublicKey(key.getPublicPEM()).equals(publicKey)).toBe(true);
    });

    test("[U] is refused without its passphrase, and with a wrong one", () => {
      const text = pkcs8(privateKey, passphrase);
      for (const given of [undefined, ""])
        expect(refusal(text, given)).toMatchObject({
          code: "missing-credential",
          said: "it is encrypted, and no passphrase is given",
        });
      expect(refusal(text, "another")).toMatchObject({ code: "invalid-value" });
      expect(refusal(text, "another").message).toMatch(
        /the passphrase does not open it .*privateKeyPassword/,
      );
    });
  });

  test("[U] is refused for its passphrase also if a wrong one happens to decrypt it to other bytes", () => {
    const text = pkcs8(kinds.Ed25519().privateKey, passphrase);
    // The padding fits by chance for one passphrase in 256.
    const given = Array.from({ length: 8000 }, (_, index) => `wrong ${index}`);
    const byChance = given.find((wrong) => codeOf(text, wrong) === "ERR_OSSL_UNSUPPORTED");
    expect(byChance).toBeDefined();
    expect(refusal(text, byChance).message).toContain("the passphrase does not open it");
  });

  test("[U] is refused with a command if its encryption is too old for OpenSSL", () => {
    expect(refusal(encryptedWithMd5AndDes, "right").message).toMatch(/an old way .*openssl pkcs8 -topk8/);
  });

  test("[U] is refused by name if it is of a kind that SSH doesn't know", () => {
    const { privateKey } = generateKeyPairSync("ed448");
    expect(refusal(pkcs8(privateKey)).message).toContain("a key of the kind ed448 can't be used");
  });

  test("[U] is refused if it is damaged, and shows nothing of it", () => {
    const [head, body, ...rest] = pkcs8(kinds.Ed25519().privateKey).split("\n");
    const { message } = refusal([head, body!.slice(0, 20), ...rest].join("\n"));
    expect(message).toContain("it is not the text of a private key");
    expect(message).not.toContain(body!.slice(0, 20));
  });
});

describe("a private key that can't be used", () => {
  const { publicKey, privateKey } = kinds.Ed25519();
  const openSsh = read(pkcs8(privateKey));

  test.each([
    [
      "PuTTY",
      "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: key\nPublic-Lines: 2\n",
      "puttygen FILE.ppk -O",
    ],
    ["ssh.com", "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: key\nAAAA\n", "puttygen FILE -O"],
    ["lost line breaks", pkcs8(privateKey).replaceAll("\n", " "), "line breaks were lost"],
    ["escaped line breaks", pkcs8(privateKey).replaceAll("\n", "\\n"), "line breaks were lost"],
    [
      "a public key",
      `ssh-ed25519 ${openSsh.getPublicSSH().toString("base64")} me@desk`,
      "it is a public key",
    ],
    [
      "a public key as PEM",
      publicKey.export({ type: "spki", format: "pem" }).toString(),
      "it is not the text",
    ],
    ["nothing", "", "it is not the text of a private key"],
    ["a path", "~/.ssh/id_ed25519", "it is not the text of a private key"],
  ])("[U] is refused with the cure: %s", (_what, text, cure) => {
    const error = refusal(text);
    expect(error).toMatchObject({ code: "invalid-value", phrase: "read the private key" });
    expect(error.message).toContain(cure);
  });
});
