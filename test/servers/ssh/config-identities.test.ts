import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ParsedKey, utils } from "ssh2";
import { ErrorReporter } from "../../../provider/servers/errors";
import { Secret } from "../../../provider/servers/secret";
import { certificateOf, plainBlob } from "../../../provider/servers/ssh/certificates/certified-key";
import { identitiesAt } from "../../../provider/servers/ssh/config-identities";
import { keyFingerprint } from "../../../provider/servers/ssh/host-key";
import { keyPair } from "../helpers/keys";
import { certificateText } from "../helpers/make-certificate";

const folder = mkdtempSync(join(tmpdir(), "pulumi-whm-identities-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

/** Writes a key, and returns it without its private part. */
function newKey(name: string): ParsedKey {
  const { privateKey, publicKey } = keyPair();
  writeFileSync(at(name), privateKey);
  return utils.parseKey(publicKey) as ParsedKey;
}

const keys = { a: newKey("a"), b: newKey("b") };
const fingerprint = (name: keyof typeof keys): string => keyFingerprint(keys[name].getPublicSSH());

function certify(name: keyof typeof keys, file: string, change: object = {}): string {
  const text = certificateText({ key: keys[name].getPublicSSH(), keyId: file, ...change });
  writeFileSync(at(file), text);
  return text;
}

interface Wanted {
  certificates?: readonly string[];
  certificate?: string;
  identity?: string;
  isOnly?: boolean;
}

/** Names the keys, and the certificates by their ids, that are offered for the files a and b. */
async function offered({ certificates, certificate, identity, isOnly = false }: Wanted = {}): Promise<
  string[]
> {
  const places = {
    files: [at("a"), at("b")],
    certificates: certificates?.map(at),
    isOnly,
    agentSocket: undefined,
  };
  const text = certificate === undefined ? undefined : new Secret(certificate);
  const agent = await identitiesAt(places, {
    passphrase: undefined,
    certificate: text && { text, place: "connection.certificate", isImplied: false },
    identity,
    phrase: "log in",
    reporter: new ErrorReporter("web1"),
  });
  const listed = await new Promise<ParsedKey[]>((resolve) =>
    agent.getIdentities((_error, found) => resolve(found ?? [])),
  );
  return listed.map((key) => {
    const name = keyFingerprint(plainBlob(key)) === fingerprint("a") ? "a" : "b";
    return certificateOf(key)?.keyId ?? name;
  });
}

beforeEach(() => {
  certify("a", "a-cert.pub");
  certify("b", "named");
  certify("b", "of-a-host", { type: 2 });
});

describe("keys by OpenSSH's client configuration", () => {
  test("[U] come with the certificates beside them, unless others are named", async () => {
    expect(await offered()).toEqual(["a", "a-cert.pub", "b"]);
    expect(await offered({ certificates: [] })).toEqual(["a", "b"]);
    expect(await offered({ certificates: ["named"] })).toEqual(["named", "a", "b"]);
  });

  test("[U] come without certificates that are missing, of a host or of another key", async () => {
    certify("a", "stranger", { key: keyPairBlob() });
    expect(await offered({ certificates: ["none", "of-a-host", "stranger", "named", "named"] })).toEqual([
      "named",
      "a",
      "b",
    ]);
  });

  test("[U] give way to the certificate of the connection, which must be of one of them", async () => {
    const certificate = certify("b", "mine");
    expect(await offered({ certificate, certificates: ["named"] })).toEqual(["mine", "a", "b"]);
    const stranger = certificateText({ key: keyPairBlob() });
    await expect(offered({ certificate: stranger })).rejects.toMatchObject({
      code: "missing-credential",
      said: "no key of ssh_config is the one of connection.certificate",
    });
    const expired = certificateText({ before: 1n });
    await expect(offered({ certificate: expired })).rejects.toMatchObject({ code: "invalid-value" });
  });

  test("[U] give way to the one that the connection chooses", async () => {
    expect(await offered({ identity: fingerprint("b") })).toEqual(["b"]);
    expect(await offered({ identity: fingerprint("a"), isOnly: true })).toEqual(["a", "a-cert.pub"]);
    await expect(offered({ identity: "SHA256:another" })).rejects.toMatchObject({
      code: "missing-credential",
      said: "no key of ssh_config is the one of identity",
    });
  });
});

function keyPairBlob(): Buffer {
  return (utils.parseKey(keyPair().publicKey) as ParsedKey).getPublicSSH();
}
